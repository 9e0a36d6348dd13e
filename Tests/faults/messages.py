"""Messages as agents, compilers, parsers and shells write them, with nothing in them that is anybody's secret."""

import random
import re

HEX = "0123456789abcdef"
WORDS = """parser tokenizer auth session billing journal schema router worker cache invoice payment ledger scanner lexer token
secret password credential key login oauth webhook mailer crawler indexer renderer compiler linker daemon gateway""".split()
TITLES = [word.capitalize() for word in WORDS]
# What stands for itself in a template: {sha}, {uuid} and the like are made anew each time.
TEMPLATES = r"""
{path}.c:{n}:{c}: error: ‘{word}_token’ undeclared (first use in this function); did you mean ‘{word}_tokens’?
{path}.c:{n}:{c}: warning: passing argument 2 of ‘set_password’ from incompatible pointer type [-Wincompatible-pointer-types]
/usr/bin/ld: {word}.o: in function `{word}_init': {path}.c:{n}: undefined reference to `{word}_secret_key'
collect2: error: ld returned 1 exit status
make[{c}]: *** [Makefile:{n}: {word}.o] Error 1
{path}.cc:{n}:{c}: error: no matching function for call to ‘std::vector<{Word}Token>::push_back(std::string&)’
{path}.swift:{n}:{c}: error: value of type '{Word}Token' has no member 'kind'
{path}.swift:{n}:{c}: error: cannot convert value of type 'String' to expected argument type 'Secret<{Word}>'
{path}.swift:{n}:{c}: warning: variable 'accessToken' was never mutated; consider changing to 'let' constant
error[E0308]: mismatched types --> {path}.rs:{n}:{c}: expected struct `{Word}Token`, found enum `Option`
error[E0432]: unresolved import `crate::{word}::token::TokenStream` --> {path}.rs:{n}:{c}
warning: unused variable: `{word}_secret` --> {path}.rs:{n}:{c} help: prefix it with an underscore: `_{word}_secret`
thread 'main' panicked at {path}.rs:{n}:{c}: called `Result::unwrap()` on an `Err` value: ParseIntError {{ kind: InvalidDigit }}
   Compiling {word} v{semver} ({dir})
    Finished release [optimized] target(s) in {c}.{n2}s
{path}.ts({n},{c}): error TS2304: Cannot find name 'token'.
{path}.ts:{n}:{c} - error TS2345: Argument of type '{{ token: string; }}' is not assignable to parameter of type 'Credentials'.
{path}.ts:{n}:{c} - error TS2339: Property 'password' does not exist on type '{Word}Options'.
SyntaxError: {path}.js: Unexpected token, expected "," ({n}:{c})
SyntaxError: Unexpected token '<', "<!DOCTYPE "... is not valid JSON
SyntaxError: Unexpected token }} in JSON at position {n}
JSONDecodeError: Expecting ',' delimiter: line {c} column {n2} (char {n})
jq: error (at <stdin>:{n}): Cannot index string with string "{word}_token"
parse error: Invalid numeric literal at line {n}, column {c}
yaml: line {n}: mapping values are not allowed in this context
xmllint: {path}.xml:{n}: parser error : Opening and ending tag mismatch: {word} line {c} and token
Traceback (most recent call last):\n  File "{path}.py", line {n}, in <module>\n    token = {word}.next_token()\nKeyError: 'token'
  File "{path}.py", line {n}\n    password = \n               ^\nSyntaxError: invalid syntax
TypeError: {word}() missing 1 required positional argument: 'secret'
AttributeError: '{Word}' object has no attribute 'access_token'
ModuleNotFoundError: No module named '{word}.tokens'
E       AssertionError: assert {n} == {n2}\nE        +  where {n} = len(tokens)
FAILED {path}_test.py::test_{word}_token_expired - AssertionError: assert None is not None
=========== {n2} passed, {c} failed, 3 skipped in {c}.{n2}s ===========
PASSED tests/test_{word}.py::TestPassword::test_hash[{n}-bcrypt]
collected {n2} items / 1 error / {c} deselected
npm ERR! code ERESOLVE\nnpm ERR! ERESOLVE unable to resolve dependency tree for {word}@{semver}
npm WARN deprecated {word}-token@{semver}: this package has been deprecated, use @acme/{word}
added {n} packages, and audited {n2} packages in {c}s; found 0 vulnerabilities
yarn install v{semver}: [{c}/4] Resolving packages... integrity sha512-checked {n}
go: github.com/acme/{word}@v{semver}: missing go.sum entry; to add it: go mod download github.com/acme/{word}
# github.com/acme/{word}\n./{word}.go:{n}:{c}: undefined: tokenSource
--- FAIL: Test{Word}Token/{word}_{n} ({c}.{n2}s)\n    {word}_test.go:{n}: got "Token", want "Identifier"
panic: runtime error: index out of range [{n}] with length {c}\ngoroutine {n} [running]: main.{word}(0xc000{hex6}, 0x{hex4})
Error: near line {n}: near "token": syntax error
sqlite3.OperationalError: no such column: {word}.password_hash
ERROR:  duplicate key value violates unique constraint "{word}_token_key"\nDETAIL:  Key (token_id)=({n}) already exists.
psql: error: connection to server at "10.0.{c}.{n2}", port 5432 failed: FATAL:  password authentication failed for user "{word}"
ERROR 1045 (28000): Access denied for user '{word}'@'localhost' (using password: YES)
bash: line {n}: {word}: command not found
sh: {n}: Syntax error: "(" unexpected (expecting "fi")
zsh: no matches found: {path}*.token
{path}.sh: line {n}: API_KEY: unbound variable
cp: cannot stat '{path}.key': No such file or directory
rm: cannot remove '{dir}/secrets': Is a directory
chmod: changing permissions of '{dir}/id_rsa': Operation not permitted
grep: {path}.pem: binary file matches
curl: (22) The requested URL returned error: {status}
curl: (6) Could not resolve host: {word}.internal
ssh: connect to host 10.0.{c}.{n2} port 22: Connection refused
fatal: could not read Username for 'https://github.com': terminal prompts disabled
fatal: Authentication failed for 'https://github.com/acme/{word}.git/'
remote: Support for password authentication was removed on August 13, 2021.
[main {sha7}] Fix {word} token refresh\n {c} files changed, {n} insertions(+), {n2} deletions(-)
commit {sha}
Merge branch 'feature/{word}-token' into main ({sha7}..{sha7})
diff --git a{path}.ts b{path}.ts\nindex {sha7}..{sha7} 100644
CONFLICT (content): Merge conflict in {path}.swift
HEAD detached at {sha7}; {c} commits ahead of origin/{word}
To github.com:acme/{word}.git\n   {sha7}..{sha7}  main -> main
git@github.com:acme/{word}.git
checkout {sha} refs/tags/v{semver}
sha256:{sha64} pulled {word}:{semver}
{word}@sha256:{sha64}
Successfully built {sha7}{hex4}a\nSuccessfully tagged acme/{word}:{semver}
Step {c}/{n2} : RUN --mount=type=secret,id={word} make build
Digest: sha256:{sha64} Status: Image is up to date for acme/{word}:{semver}
md5 {hex32}  {word}-{semver}.tar.gz
{sha64}  dist/{word}-{semver}-linux-x86_64.tar.gz
input_tokens={n} output_tokens={n2} cache_read_input_tokens={n}
usage: {{"input_tokens": {n}, "output_tokens": {n2}, "total_tokens": {n}}}
max_tokens: {n}, temperature: 0.{c}, tokenizer=cl100k_base
tokenizer={word}_base_extended, vocabulary={n}
prompt_tokens: {n} completion_tokens: {n2} cost=${c}.{n2}
token budget: {n} of {n2}00 used
Token count {n} exceeds the limit of {n2} tokens
token limit: {n} tokens per minute, current: {n2}
context window: {n} tokens; tokens left: {n2}
Unexpected token {word} at line {n}
Unexpected token: identifier ({word})
expected a token, found '{word}'
unknown token type: {Word}Literal
token={n} secret_count={c} keys={n2}
next token: Identifier("{word}") at offset {n}
CSRF token mismatch on POST /{word}/{n} ({status})
the access token has expired, refreshing ({c} of 3)
password must be at least {c} characters long
password: must not be empty
secret not found in namespace {word}
credentials for {word} are missing or expired
Error: credentials: profile {word} not found
api key not set, skipping {word} tests
api_key: missing
token: required
--token is required for {word}
authorization: none needed for {word}
cookie consent banner hidden in {word} tests
basic {word} tests passed, {c} left
bearer plate {word} part {n}
auth: {word} login takes {n} ms
https://github.com/acme/{word}/pull/{n}
https://example.com/docs/{word}/tokens?page={c}&sort=name#{word}
GET https://api.example.com/v1/{word}/{uuid}?limit={n} {status} {n2}ms
http://localhost:{n}/{word}/callback?state={c}
POST /oauth/token {status} in {n2}ms
127.0.0.1 - - [08/Oct/2025:16:21:{n2} +0000] "GET /{word}?id={n} HTTP/1.1" {status} {n}
{exec}
execution {exec} completed after {n}s
closed {exec}: process_gone
{run} {word} droid done, {c} tasks left
DROID_EXECUTION_ID={exec} DROID_RUN_ID={run}
event_id {hex32} is written twice
request {uuid} took {n}ms, status={status}
trace_id={hex32} span_id={hex16} parent={hex16}
task {c}.{c} started by {word}-droid at {time}
{time} INFO {word}: {n} records in {n2} batches
2025-10-08 16:21:{n2},{n} DEBUG {word}.token Lexing {path}.txt
{word}-{hex10}-{k8s}  {c}/1  CrashLoopBackOff  {n} ({c}m ago)
pod/{word}-{hex10}-{k8s} condition met
Error from server (NotFound): secrets "{word}-tls" not found
deployment.apps/{word} configured (resourceVersion={n})
namespace={word} pod={word}-{hex10}-{k8s} restarts={c}
serviceaccount/{word}-token created
{hexdump}
0x{hex16} <{word}+{n}>: mov rax, qword ptr [rbp - 0x{hex4}]
Segmentation fault (core dumped) at 0x{hex16} in {word}_{n}
#{c}  0x{hex16} in {word}_next_token (lexer=0x{hex16}) at {path}.c:{n}
## {Word} tokens\n\n- [x] parse the `token` field\n- [ ] rename `secret_name` to `{word}_name`
| {word} | {n} | `{sha7}` | {c} % |\n|---|---|---|---|
> {word}: see [the guide](https://example.com/{word}#{n})
```swift\nlet token = lexer.next()\nguard token.kind == .identifier else {{ return nil }}\n```
{{"{word}": {n}, "status": "completed", "files": ["{path}.ts"], "coverage": {n2}.{c}}}
{{"type":"tool_use","name":"{word}","id":"toolu_{n}","input":{{"path":"{path}.ts"}}}}
{{"token_type":"Bearer","expires_in":{n}}}
{{"error":{{"type":"rate_limit_error","message":"Number of request tokens has exceeded your per-minute rate limit"}}}}
let secret = Secret(name: "{word}", version: {c})
const {{ token, user }} = await {word}.login(name)
if (token === '{word}') return next(token)
for token in tokens[{c}:{n2}]: yield token
token = tokens.pop()
password_hash=none secret_name={word}
export PATH=/usr/local/bin:/usr/bin TERM=xterm-256color LINES={n2} PWD={dir}
pwd={dir}
cd {dir} && make -j{c} test
LD_LIBRARY_PATH={dir}/lib:/usr/lib ldd {dir}/bin/{word}
npm_config_registry=https://registry.example.com npm_config_user_agent=npm/{semver}
XDG_STATE_HOME={dir}/.state SSH_AUTH_SOCK=/tmp/ssh-{hex6}/agent.{n}
key=value {word}={n} sort --key {c},{c}
primary_key={word}_id foreign_key=user_{word}
keyboard: mechanical; {word}: {n}
{c} files created: {path}.ts, {path}_test.ts, package-lock.json
tests: {n} run, {c} failed, coverage {n2}.{c} %
{n2}% [=====>      ] {n}/{n2} {word}, {c}s left
{word} {semver} -> {semver} (semver-compatible, {sha7})
Bump {word} from {semver} to {semver}
Skipping {n} of {n2} tests: SKIPPED {word} (no network)
retry {c} of {n2} in {n}ms: {word}: i/o timeout
ESLint: '{word}Token' is assigned a value but never used. (no-unused-vars) {path}.js:{n}:{c}
W: Some index files failed to download. {word} {n}
E: Unable to locate package lib{word}{c}-dev
CMake Error at CMakeLists.txt:{n} (find_package): Could not find a package configuration file provided by "{Word}"
java.lang.NullPointerException: Cannot invoke "com.acme.{word}.Token.getValue()" because "token" is null
\tat com.acme.{word}.{Word}Service.authenticate({Word}Service.java:{n})
Caused by: java.sql.SQLException: Access denied for user '{word}'@'%' (using password: NO)
[ERROR] {path}.java:[{n},{c}] cannot find symbol: class {Word}TokenFactory
BUILD SUCCESSFUL in {n}s: {n2} actionable tasks: {c} executed
rubocop: {path}.rb:{n}:{c}: C: Style/StringLiterals: Prefer single-quoted strings
undefined method `token' for nil:NilClass (NoMethodError) {path}.rb:{n}
PHP Parse error:  syntax error, unexpected token "}}", expecting end of file in {path}.php on line {n}
shellcheck: {path}.sh:{n}:{c}: warning: token appears unused. Verify use (or export if used externally). [SC2034]
terraform: Error: Missing required argument "secret_id" on {word}.tf line {n}
ansible: TASK [{word} : template the token file] changed: [node{c}]
systemd[1]: {word}.service: Main process exited, code=exited, status={c}/FAILURE
kernel: Out of memory: Killed process {n} ({word}) total-vm:{n}kB, anon-rss:{n2}kB
Warning: Permanently added '10.0.{c}.{n2}' (ED25519) to the list of known hosts.
SHA256:{b64} {word} key fingerprint (ED25519)
integrity: sha512-{b64long}== {word}@{semver}
h1:{b64}= github.com/acme/{word} v{semver}
ETag: W/"{n}-{b64}" {word}.css
data:image/png;base64,{b64} in {word}.css
Der {word} läuft, {n} Tests grün — «token» übersprungen
计划 {n}: {word} 完成 ✓
""".strip("\n").split("\n")


class Filler(dict):
    """Fills a template's fields, each time anew."""

    def __init__(self, dice):
        self.dice = dice

    def letters(self, alphabet, count):
        return "".join(self.dice.choices(alphabet, k=count))

    def __missing__(self, name):
        dice, hexadecimal = self.dice, re.fullmatch(r"(?:hex|sha)(\d*)", name)
        if hexadecimal:
            return self.letters(HEX, int(hexadecimal.group(1) or 40))
        base64 = HEX + "ghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+/"
        word = dice.choice(WORDS)
        return {
            "n": lambda: str(dice.randint(1, 99_999)), "n2": lambda: str(dice.randint(10, 99)), "c": lambda: str(dice.randint(1, 9)),
            "word": lambda: word, "Word": lambda: dice.choice(TITLES),
            "path": lambda: dice.choice((f"/srv/app/src/{word}", f"/usr/src/{word}/lib/{word}", f"/tmp/build/{word}/{dice.choice(WORDS)}")),
            "dir": lambda: dice.choice((f"/srv/{word}", f"/opt/{word}/current", f"/var/lib/{word}", f"/workspace/{word}")),
            "semver": lambda: f"{dice.randint(0, 20)}.{dice.randint(0, 40)}.{dice.randint(0, 99)}",
            "status": lambda: str(dice.choice((200, 201, 204, 301, 400, 401, 403, 404, 429, 500, 502))),
            "uuid": lambda: "-".join(self.letters(HEX, count) for count in (8, 4, 4, 4, 12)),
            "exec": lambda: f"exec-{dice.randint(1_700_000_000, 1_800_000_000)}-{dice.randint(1, 9)}.{dice.randint(1, 30)}-{self.letters(HEX, 8)}",
            "run": lambda: f"r-202510{dice.randint(10, 30)}-{dice.randint(1000, 2359)}-{self.letters(HEX, 4)}",
            "time": lambda: f"2025-10-08T16:{dice.randint(10, 59)}:{dice.randint(10, 59)}.{dice.randint(100000, 999999)}+00:00",
            "k8s": lambda: self.letters("bcdfghjklmnpqrstvwxz2456789", 5),
            "hexdump": lambda: "000000{}0  {}  |{}|".format(
                dice.choice(HEX), " ".join(self.letters(HEX, 2) for _ in range(16)), self.letters("abc.xyz", 16)),
            "b64": lambda: self.letters(base64, 43), "b64long": lambda: self.letters(base64, 86),
        }[name]()


def corpus(count, seed):
    """At least `count` messages, all different."""
    filler = Filler(random.Random(seed))
    found = {}
    for number in range(count * 4):
        if len(found) >= count:
            break
        template = TEMPLATES[number % len(TEMPLATES)].replace("\\n", "\n").replace("\\t", "\t")
        found[template.format_map(filler)] = None
    return list(found)
