import Testing
import TrackCore

@Suite("The redactor leaves alone")
struct BenignCorpusTests {
  private static let redactor = Result { try Redactor(patterns: [], home: "/root", secretValues: []) }

  @Test(
    "what agents say most",
    arguments: [
      "input_tokens=48213", "max_tokens: 8192", "total_tokens = 120000, cost=1.2", "tokenizer=cl100k_base_extended",
      "Unexpected token '<', \"<!DOCTYPE \"... is not valid JSON", "Unexpected token: identifier at 4:2",
      "SyntaxError: Unexpected token ExpressionStatement", "Unexpected token } in JSON at position 4711",
      "Error: Unexpected token: StringLiteral", "unexpected token `internationalization`",
      "commit a687a6b0c1d2e3f4a5b6c7d8e9f0a1b2c3d4e5f6", "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
      "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "md5=d41d8cd98f00b204e9800998ecf8427e",
      "exec-1759940514-1.1-9f3b2c1a", "r-20251008-1621-9f3b", "018f3b2c1a7d7e4f9a0b1c2d3e4f5a6b",
      "pwd=/srv/app", "PWD=/srv/app", "cd /srv/app && make -j8", "OLDPWD=/srv", "token=/run/secrets/db",
      "credentials: ./creds.json",
      "api_key=${API_KEY}", "token: $GITHUB_TOKEN", "--token \"$TOKEN\"", "password=***", "secret: <none>",
      "token=true", "access_token: null", "auth_token=undefined", "token=1", "token = 48213ms", "api_key: short",
      "error: cannot find 'token' in scope", "Lexer.swift:12:5: error: value of type 'Token' has no member 'kind'",
      "let token = parser.next()", "Token::Identifier", "std::string secret_name", "password_hash=none",
      "password: must not be empty", "authorization: none needed for login", "sh: 3: password: command not found",
      "secret: expected a string", "let secret = Secret(name: \"parser\", version: 6)",
      "password = getpass.getpass()", "sk-learn-feature-extraction-pipeline-for-all-reports",
      "if token != expected_identifier", "secretary=Alice-Margaret", "keyboard: mechanical",
      "primary_key=user_identifier",
      "git@github.com:acme/app.git", "ssh://git@host/acme/app.git", "npm install @types/node@18.0.0 lodash@4.17.21",
      "https://example.com/home/dashboard?page=2", "http://localhost:3000/a@b", "https://example.com:8080/users/list",
      "task-start --key-file x", "sort --key 2,2", "--auth basic", "ls -la /srv",
      "disk-usage-report-of-the-whole-cluster",
      "task-progress-report-generator-for-all-droids", "risk-assessment-of-the-authentication-service-module",
      "basic authentication failed", "Basic internationalization", "the bearer acknowledgement",
      "token src/auth/middleware.ts",
      "eyelash.eyebrow", "key=value", "Skipping 32 of 64", "SKIPPED", "a@b", "@param x", "user@localhost",
      "--- BEGIN ---",
      "-----BEGIN CERTIFICATE-----", "cookie jar", "the authorization header is missing", "12:30:45 build ok",
      "timestamp: 2025-10-08T16:21:54.536702+00:00", "aws s3 ls", "awsome secret sauce", "x := 3", "a::b::c",
      "100% done",
      "passed: 12, failed: 0", "pass: 12 tests", "compass=north-north-west", "bypass: enabled for the test",
      "/homework/alice", "/usr/home", "home/alice", "npm_config_registry=https://example.com", "hf_hub", "sk-learn",
    ])
  func phrase(text: String) throws {
    #expect(try Self.redactor.get().redact(text) == text)
  }

  @Test("nearly all of a thousand lines of builds, tests and tools")
  func lines() throws {
    let redactor = try Self.redactor.get()
    var random = SeededGenerator(seed: 1)
    let lines = (0..<1000).map { Self.line($0, &random) }
    let altered = lines.filter { redactor.redact($0) != $0 }
    #expect(Set(lines).count >= 900)
    #expect(altered.count <= 10, "\(altered.prefix(20))")
  }

  private static func line(_ number: Int, _ random: inout SeededGenerator) -> String {
    let sha = random.text(Alphabet.hexadecimal, 40)
    let count = Int.random(in: 1...99_999, using: &random)
    let word = ["parser", "tokenizer", "auth", "session", "billing", "journal"].randomElement(using: &random) ?? ""
    let file = "src/\(word)/\(word)_\(count % 90).ts"
    let uuid = [8, 4, 4, 4, 12].map { random.text(Alphabet.hexadecimal, $0) }.joined(separator: "-")
    switch number % 20 {
    case 0: return "[main \(sha.prefix(7))] Fix \(word): \(count) files changed"
    case 1: return "\(file):\(count):12: error TS2304: Cannot find name 'token'."
    case 2: return "input_tokens=\(count) output_tokens=\(count / 3) cache_read_input_tokens=0"
    case 3: return "PASS \(file) (\(count) ms)"
    case 4: return "request \(uuid) took \(count)ms, status=200"
    case 5: return "sha256:\(sha)\(sha.prefix(24)) pulled \(word):\(count % 20).1"
    case 6: return "SyntaxError: \(file): Unexpected token, expected \",\" (\(count):4)"
    case 7: return "exec-17599\(count)-\(count % 9).\(count % 7)-\(sha.prefix(8)) completed"
    case 8: return "warning: unused variable: `\(word)_token` at \(file):\(count)"
    case 9: return "/srv/\(word)/build.sh: line \(count): \(word): command not found"
    case 10: return "diff --git a/\(file) b/\(file) index \(sha.prefix(7))..\(uuid.prefix(7)) 100644"
    case 11: return "error[E0308]: mismatched types --> \(file):\(count):5 expected `Token`, found `String`"
    case 12: return "npm WARN deprecated \(word)@\(count % 9).\(count % 30).1: use @acme/\(word) instead"
    case 13: return "Compiling \(word) v0.\(count % 99).0 (/srv/work/\(word))"
    case 14: return "GET https://api.example.com/v1/\(word)/\(uuid)?limit=\(count)&sort=name 404"
    case 15: return "=== RUN Test\(word.capitalizedWord)Token/\(count) --- PASS: (\(count % 10).02s)"
    case 16: return "goroutine \(count) [running]: main.\(word)(0xc000\(sha.prefix(6)), 0x\(sha.prefix(3)))"
    case 17: return "secret_scan: 0 findings in \(count) files; tokens: \(count); keys: none"
    case 18: return "event \(sha.prefix(32)) at 2025-10-08T16:21:54.\(100_000 + count)+00:00"
    default:
      return "PWD=/srv/\(word) SHELL=/bin/sh TERM=xterm-256color LINES=\(count % 90) task \(count % 9).\(count % 4)"
    }
  }

  @Test("names whose values are no secrets")
  func names() {
    let secret = [
      "FACTORY_API_KEY", "GITHUB_TOKEN", "AWS_SECRET_ACCESS_KEY", "PGPASSWORD", "db.password", "npm_config__authToken",
      "CLIENT_SECRET", "apiKey", "MYSQL_PASSWD", "SSH_PASSPHRASE", "GOOGLE_CREDENTIALS", "DJANGO_SECRET_KEY",
    ]
    let harmless = [
      "", "PWD", "OLDPWD", "PATH", "MAX_TOKENS", "TOKENIZER", "TOKENIZERS_PARALLELISM", "SECRETARY", "KEYBOARD",
      "XAUTHORITY",
      "SSH_AUTH_SOCK", "COMPASS", "DROID_EXECUTION_ID", "GIT_SEQUENCE", "PASSWORD_FILE", "MONKEY", "PASS", "KEY",
    ]
    #expect(secret.filter { !SecretNames.matches($0) } == [])
    #expect(harmless.filter { SecretNames.matches($0) } == [])
  }
}

extension String {
  fileprivate var capitalizedWord: String { prefix(1).uppercased() + dropFirst() }
}
