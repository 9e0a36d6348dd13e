"""Secrets made up from the patterns of the reliability notes (§8), one generator for all of them.

A pattern is a regular expression whose group `s` is what may be found nowhere. The formats are written down from the
notes and from gitleaks, not from what the tools look for.
"""

import random
import re
import string
from re import _constants as op
from re import _parser as parser

# (row of the notes, pattern). Where DESIGN §8 is narrower than the notes (names and lengths in rows 5 and 6), it is.
URL_USER = r"(https?|postgres(ql)?|mysql|redis|amqp|mongodb\+srv|ftp|ssh|smtp)://"
NAMES = r"([A-Z]{2,8}_|[a-z]{2,8}[._-])?"
KEYS = r"(api_?key|access_?key|private_?key|auth_?token|access_?token|token|credentials?)"
PATTERNS = [
    (1, r"-----BEGIN (RSA |EC |DSA |OPENSSH |ENCRYPTED |)PRIVATE KEY-----\n(?P<s>([A-Za-z0-9+/]{64}\n){3,6}[A-Za-z0-9+/]{20}==)"
        r"\n-----END PRIVATE KEY-----"),
    (1, r"-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n(?P<s>([A-Za-z0-9+/]{64}\n){2,4})-----END PGP PRIVATE KEY BLOCK-----"),
    (1, r"-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n(?P<s>([A-Za-z0-9+/]{64}\n){2,4})"),
    (1, r"-----BEGIN (RSA |EC |)PRIVATE KEY-----(?P<s>(\\n[A-Za-z0-9+/]{64}){3,6})\\n-----END PRIVATE KEY-----\\n"),
    (2, URL_USER + r"[a-z]{3,8}:(?P<s>[A-Za-z0-9._~%!*+-]{8,40})@[a-z]{4,9}\.internal(:\d{4})?/[a-z]{3,6}"),
    (2, r"https://(?P<s>[A-Za-z0-9_]{10}[0-9][A-Za-z0-9_]{10,30})@[a-z]{4,9}\.com/acme/app\.git"),
    (3, r"(authorization|proxy-authorization): (Bearer|Basic|Digest|Token) (?P<s>[\w=.+/-]{16,80})"),
    (3, r"(x-api-key|authorization)[:=] ?(?P<s>[\w=.+/-]{12,60})"),
    (3, r"(set-)?cookie: (?P<s>[a-z]{2,8}=[A-Za-z0-9%._-]{12,40}; [a-z]{2,8}=[A-Za-z0-9%._-]{12,40})"),
    (3, r"curl -H '(authorization|x-api-key): (?P<s>[\w=.+/-]{16,60})' https://api\.acme\.io/v1"),
    (4, r"(bearer|basic|token)\s(?P<s>[A-Za-z0-9][\w=~@.+/-]{19,80})"),
    (5, NAMES + r"(password|passwd|passphrase|secret)(=|: | = |:|=>)(?P<s>[A-Za-z0-9!#$%*+./:?@^_~-]{8,40})"),
    (5, NAMES + KEYS + r"(=|: | = |:|=>| => )(?P<s>[A-Za-z0-9][A-Za-z0-9+/=_.~-]{15,60})"),
    (5, r'"' + NAMES + r"(password|client_secret|" + KEYS + r')" ?: ?"(?P<s>[A-Za-z0-9][A-Za-z0-9 !#$%*+./:?@^_~-]{11,40})"'),
    (5, r'\{"(password|client_secret|api_key)": ?"(?P<s>[A-Za-z0-9][A-Za-z0-9+/=_.~-]{11,40})"\}'),
    (5, r'\{\\"(password|client_secret|api_key)\\": ?\\"(?P<s>[A-Za-z0-9][A-Za-z0-9+/=_.~-]{11,40})\\"\}'),
    (5, r'\{\\\\\\"(password|client_secret|token)\\\\\\":\\\\\\"(?P<s>[A-Za-z0-9+/_-]{16,40})\\\\\\"\}'),
    (5, r"\?page=2&(access_token|api_key|client_secret)=(?P<s>[A-Za-z0-9._~%-]{16,40})&sort=name"),
    (6, r"login --?(password|pass|db-password|secret)[= ](?P<s>[A-Za-z0-9][A-Za-z0-9!#$%*+./:?@^_~-]{7,30})"),
    (6, r"login --?(token|api-?key|auth|key|credentials?)[= ](?P<s>[A-Za-z0-9][A-Za-z0-9+/=_.~-]{15,40})"),
    (7, r"(?P<s>(A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16})"),
    (8, r"(aws_(secret_access_key|session_token) ?= ?|AWS_SECRET_ACCESS_KEY=|aws secret: |the aws session is )(?P<s>[A-Za-z0-9/+]{40})"),
    (8, r'"(awsSecretKey|aws_secret|AwsSessionToken)": "(?P<s>[A-Za-z0-9/+=]{40,120})"'),
    (9, r"(?P<s>ABSK[A-Za-z0-9+/]{109,269}={0,2})"),
    (10, r"(?P<s>gh[pousr]_[0-9a-zA-Z]{36})"),
    (10, r"(?P<s>gh[pousr]_[0-9a-zA-Z]{37,255})"),
    (11, r"(?P<s>github_pat_\w{82})"),
    (12, r"(?P<s>glpat-[\w-]{20})"),
    (12, r"(?P<s>glpat-[\w-]{27,300}\.[0-9a-z]{9})"),
    (12, r"(?P<s>glptt-[0-9a-f]{40})"),
    (12, r"(?P<s>glrt-(t\d_)?[\w-]{20})"),
    (12, r"(?P<s>glrt-t\d_[\w-]{27,300}\.[0-9a-z]{9})"),
    (13, r"(?P<s>xoxb-\d{10,13}-\d{10,13}[a-zA-Z0-9-]{8,30})"),
    (13, r"(?P<s>xox[pe](-\d{10,13}){3}-[a-zA-Z0-9-]{28,34})"),
    (13, r"(?P<s>xoxe\.xox[bp]-\d-[A-Z0-9]{163,166})"),
    (13, r"(?P<s>xoxe-\d-[A-Z0-9]{146})"),
    (13, r"(?P<s>xox[ar]-(\d-)?[0-9a-zA-Z]{8,48})"),
    (13, r"(?P<s>xoxs-\d{10}-\d{10}-\d{10}-[a-f0-9]{10,40})"),
    (13, r"(?P<s>xapp-\d-[A-Z0-9]{8,12}-\d{10,13}-[a-z0-9]{32,64})"),
    (14, r"https://hooks\.slack\.com/(services|workflows|triggers)/(?P<s>[A-Za-z0-9+/]{43,56})"),
    (15, r"(?P<s>sk-ant-(api03|admin01)-[\w-]{93}AA)"),
    (15, r"(?P<s>sk-ant-[a-z]{3}\d{2}-[\w-]{80,110})"),
    (16, r"(?P<s>sk-(proj|svcacct|admin)-([A-Za-z0-9_-]{74}T3BlbkFJ[A-Za-z0-9_-]{74}|[A-Za-z0-9_-]{58}T3BlbkFJ[A-Za-z0-9_-]{58}))"),
    (16, r"(?P<s>sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20})"),
    (17, r"(?P<s>sk-or-v1-[0-9a-f]{64})"),
    (17, r"(?P<s>sk-[\w-]{32,80})"),
    (18, r"(?P<s>hf_[A-Za-z]{34})"),
    (18, r"(?P<s>pplx-[a-zA-Z0-9]{48})"),
    (19, r"(?P<s>AIza[\w-]{35})"),
    (19, r"(?P<s>ya29\.[\w-]{20,160})"),
    (20, r"(?P<s>(sk|rk)_(test|live|prod)_[a-zA-Z0-9]{10,99})"),
    (21, r"(?P<s>npm_[a-zA-Z0-9]{36})"),
    (21, r"(?P<s>NPM_[a-zA-Z0-9]{36})"),
    (21, r"pypi-AgEIcHlwaS5vcmc(?P<s>[\w-]{50,160})"),
    (21, r"(?P<s>rubygems_[a-f0-9]{48})"),
    (22, r"(?P<s>ey[a-zA-Z0-9]{17,40}\.ey[\w/-]{17,90}\.[\w/-]{10,60}={0,2})"),
    (23, r"(?P<s>SG\.[\w=.-]{66})"),
    (23, r"(?P<s>SG\.[\w-]{22}\.[\w-]{43})"),
    (23, r"(?P<s>SK[0-9a-fA-F]{32})"),
    (23, r"(?P<s>\d{5,16}:A[\w-]{34})"),
    (23, r"https://api\.telegram\.org/bot(?P<s>\d{8,10}:A[\w-]{34})/sendMessage"),
    (24, r"(?P<s>dop_v1_[a-f0-9]{64})"),
    (24, r"(?P<s>dapi[a-f0-9]{32}(-\d)?)"),
    (24, r"(?P<s>HRKU-AA[\w-]{58})"),
    (24, r"(?P<s>fo1_[\w-]{43})"),
    (25, r"(?P<s>hvs\.[\w-]{90,120})"),
    (25, r"(?P<s>[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{60,70})"),
    (25, r"(?P<s>dp\.pt\.[a-z0-9]{43})"),
    (25, r"(?P<s>AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58})"),
    (26, r"(?P<s>[\w~.]{3}\dQ~[\w~.-]{31,34})"),
    (26, r"AccountName=acme;(AccountKey|SharedAccessKey)=(?P<s>[A-Za-z0-9+/]{86}==)"),
    (26, r"\?sv=2024-05-04&sr=b&sig=(?P<s>[A-Za-z0-9%]{30,60}%3D)"),
    (27, r"(?P<s>glsa_[A-Za-z0-9]{32}_[0-9A-Fa-f]{8})"),
    (27, r"(?P<s>ntn_\d{11}[A-Za-z0-9]{35})"),
    (27, r"(?P<s>lin_api_[a-zA-Z0-9]{40})"),
    (27, r"(?P<s>PMAK-[a-f0-9]{24}-[a-f0-9]{34})"),
    (27, r"(?P<s>shpat_[0-9a-f]{32})"),
    (28, r"(?P<s>AKCp[A-Za-z0-9]{69})"),
    (28, r"(?P<s>pul-[a-f0-9]{40})"),
    (28, r"(?P<s>dt0c01\.[A-Z0-9]{24}\.[A-Z0-9]{64})"),
    (28, r"(?P<s>sntrys_eyJpYXQiO[a-zA-Z0-9+/]{10,200}(LCJyZWdpb25fdXJs|InJlZ2lvbl91cmwi|cmVnaW9uX3VybCI6)[a-zA-Z0-9+/]{10,200}={0,2}"
         r"_[a-zA-Z0-9+/]{43})"),
    (30, r"(?P<s>[a-z]{4,9}\.[a-z]{5,9}\+?[a-z0-9]{1,4}@[a-z]{5,12}\.(com|org|co\.uk))"),
    (30, r"/(home|Users)/(?P<s>[a-z]{6,10}[a-z0-9._-]{3,6})/src/main\.c"),
    (30, r"[CD]:\\{1,2}Users\\{1,2}(?P<s>[A-Z][a-z]{6,9}[a-z0-9]{3})\\{1,2}src"),
]
# Row 29 has no pattern: these variables' values are made by `environment`.
SECRET_VARIABLES = ("FACTORY_API_KEY", "ACME_PASSWORD", "DEPLOY_TOKEN", "DB_PASSPHRASE", "CLIENT_SECRET", "CI_CREDENTIALS")
# Words of these rows are written in any case.
ANY_CASE = {3, 4}
# What of a secret is looked for: a part as long as this is never there by chance.
PART = 12

WORD = string.ascii_letters + string.digits + "_"
CATEGORIES = {op.CATEGORY_DIGIT: string.digits, op.CATEGORY_WORD: WORD, op.CATEGORY_SPACE: " "}


class Secret:
    """A text that holds a secret, and the secret."""

    def __init__(self, row, text, secret):
        self.row, self.text, self.secret = row, text, secret

    def parts(self):
        """What may be found nowhere: every part of the secret of a length that tells it."""
        for line in re.split(r"\n|\\n", self.secret):
            if len(line) <= PART:
                # A rest this short of a longer secret could be there by chance.
                yield from [line] if line == self.secret else []
            else:
                yield from (line[at:at + PART] for at in range(len(line) - PART + 1))


def members(items):
    """The characters of a class."""
    for code, value in items:
        if code is op.LITERAL:
            yield chr(value)
        elif code is op.RANGE:
            yield from map(chr, range(value[0], value[1] + 1))
        elif code is op.CATEGORY:
            yield from CATEGORIES[value]
        else:
            raise ValueError(f"{code} in a class")


def write(items, dice, out, marks, secret):
    """Appends a text that the parsed expression matches; `marks` gets where the secret group is."""
    for code, value in items:
        if code is op.LITERAL:
            out.append(chr(value))
        elif code is op.IN:
            out.append(dice.choice(sorted(set(members(value)))))
        elif code is op.MAX_REPEAT:
            least, most, item = value
            most = least + 40 if most is op.MAXREPEAT else most
            for _ in range(dice.choice((least, most, dice.randint(least, most)))):
                write(item, dice, out, marks, secret)
        elif code is op.SUBPATTERN:
            begin = sum(map(len, out))
            write(value[3], dice, out, marks, secret)
            if value[0] == secret:
                marks.extend((begin, sum(map(len, out))))
        elif code is op.BRANCH:
            write(dice.choice(value[1]), dice, out, marks, secret)
        else:
            raise ValueError(f"{code} in a pattern")


def secret(row, pattern, dice):
    parsed = parser.parse(pattern)
    out, marks = [], []
    write(parsed, dice, out, marks, parsed.state.groupdict["s"])
    text, (begin, end) = "".join(out), marks
    assert re.fullmatch(pattern, text), pattern
    if row in ANY_CASE:
        style = dice.choice((str.lower, str.upper, str.title))
        return Secret(row, style(text[:begin]) + text[begin:], text[begin:end])
    return Secret(row, text, text[begin:end])


def corpus(count, seed):
    """`count` secrets of every pattern."""
    dice = random.Random(seed)
    return [secret(row, pattern, dice) for row, pattern in PATTERNS for _ in range(count)]


def environment(count, seed):
    """Variables with secret names, and texts with their values."""
    dice = random.Random(seed)
    variables, found = {}, []
    for number in range(count):
        value = "".join(dice.choices(string.ascii_letters + string.digits + " -_!", k=dice.randint(12, 60))).strip(" -")
        variables[f"N{number}_{SECRET_VARIABLES[number % len(SECRET_VARIABLES)]}"] = value
        found.append(Secret(29, f"got {value} from it", value))
    return variables, found
