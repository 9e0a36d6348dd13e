import Testing
import TrackCore

/// A kind of secret: how it is written, and how one is made up.
struct SecretShape: Sendable, CustomTestStringConvertible {
  let name: String
  /// What stands before the secret part and says what it is.
  let before: String
  let alphabet: String
  let count: Int
  var after = ""

  init(_ name: String, _ before: String, _ alphabet: String, _ count: Int, after: String = "") {
    (self.name, self.before, self.alphabet, self.count, self.after) = (name, before, alphabet, count, after)
  }

  var testDescription: String { "\(name) \(before)" }
}

@Suite("The redactor removes every")
struct SecretCorpusTests {
  static let tokens: [SecretShape] = [
    SecretShape("AWS", "AKIA", Alphabet.upper + "234567", 16),
    SecretShape("AWS", "ASIA", Alphabet.upper + "234567", 16),
    SecretShape("AWS", "A3TX", Alphabet.upper + Alphabet.digits, 16),
    SecretShape("Bedrock", "ABSK", Alphabet.base64, 109, after: "=="),
    SecretShape("GitHub", "ghp_", Alphabet.alphanumeric, 36), SecretShape("GitHub", "gho_", Alphabet.alphanumeric, 36),
    SecretShape("GitHub", "ghu_", Alphabet.alphanumeric, 36), SecretShape("GitHub", "ghs_", Alphabet.alphanumeric, 200),
    SecretShape("GitHub", "ghr_", Alphabet.alphanumeric, 36), SecretShape("GitHub", "github_pat_", Alphabet.word, 82),
    SecretShape("GitLab", "glpat-", Alphabet.base64URL, 20), SecretShape("GitLab", "glptt-", Alphabet.hexadecimal, 40),
    SecretShape("GitLab", "glrt-", Alphabet.base64URL, 20),
    SecretShape("GitLab", "glpat-", Alphabet.base64URL, 27, after: ".01abcdefg"),
    SecretShape("Slack", "xoxb-1234567890-1234567890123-", Alphabet.alphanumeric, 24),
    SecretShape("Slack", "xoxp-1234567890-1234567890-1234567890-", Alphabet.hexadecimal, 32),
    SecretShape("Slack", "xoxs-", Alphabet.alphanumeric, 40), SecretShape("Slack", "xapp-1-A012-", Alphabet.digits, 40),
    SecretShape("Slack", "https://hooks.slack.com/services/", Alphabet.base64, 44),
    SecretShape("Anthropic", "sk-ant-api03-", Alphabet.base64URL, 93, after: "AA"),
    SecretShape("Anthropic", "sk-ant-admin01-", Alphabet.base64URL, 93, after: "AA"),
    SecretShape("OpenAI", "sk-proj-", Alphabet.base64URL, 74, after: "T3BlbkFJabcdefgh"),
    SecretShape("OpenAI", "sk-svcacct-", Alphabet.base64URL, 58),
    SecretShape("OpenAI", "sk-", Alphabet.alphanumeric, 48),
    SecretShape("OpenRouter", "sk-or-v1-", Alphabet.hexadecimal, 64),
    SecretShape("DeepSeek", "sk-", Alphabet.hexadecimal, 32),
    SecretShape("Hugging Face", "hf_", Alphabet.lower + Alphabet.upper, 34),
    SecretShape("Perplexity", "pplx-", Alphabet.alphanumeric, 48),
    SecretShape("Google", "AIza", Alphabet.base64URL, 35), SecretShape("Google", "ya29.", Alphabet.base64URL, 60),
    SecretShape("Stripe", "sk_live_", Alphabet.alphanumeric, 24),
    SecretShape("Stripe", "rk_test_", Alphabet.alphanumeric, 99),
    SecretShape("npm", "npm_", Alphabet.digits + Alphabet.lower, 36),
    SecretShape("npm", "NPM_", Alphabet.alphanumeric, 36),
    SecretShape("PyPI", "pypi-AgEIcHlwaS5vcmc", Alphabet.base64URL, 90),
    SecretShape("RubyGems", "rubygems_", Alphabet.hexadecimal, 48),
    SecretShape("JWT", "eyJhbGciOiJIUzI1NiIsInR5.eyJzdWIiOiIxMjM0NTY3ODkw.", Alphabet.base64URL, 43),
    SecretShape("SendGrid", "SG.", Alphabet.base64URL + ".", 66), SecretShape("Twilio", "SK", Alphabet.hexadecimal, 32),
    SecretShape("Telegram", "123456789:A", Alphabet.base64URL, 34),
    SecretShape("Telegram in a URL", "https://api.telegram.org/bot123456789:A", Alphabet.base64URL, 34, after: "/send"),
    SecretShape("JWT after a dash", "x-eyJhbGciOiJIUzI1NiIsInR5.eyJzdWIiOiIxMjM0NTY3ODkw.", Alphabet.base64URL, 43),
    SecretShape("DigitalOcean", "dop_v1_", Alphabet.hexadecimal, 64),
    SecretShape("Databricks", "dapi", Alphabet.hexadecimal, 32),
    SecretShape("Heroku", "HRKU-AA", Alphabet.base64URL, 58), SecretShape("Fly", "fo1_", Alphabet.base64URL, 43),
    SecretShape("Vault", "hvs.", Alphabet.base64URL, 95),
    SecretShape("Doppler", "dp.pt.", Alphabet.digits + Alphabet.lower, 43),
    SecretShape("Terraform", "abcdEFGH012345.atlasv1.", Alphabet.base64URL, 64),
    SecretShape("age", "AGE-SECRET-KEY-1", Alphabet.upper + Alphabet.digits, 58),
    SecretShape("Azure AD", "aB~7Q~", Alphabet.alphanumeric + "_~.-", 33),
    SecretShape("Azure", "AccountKey=", Alphabet.base64, 86, after: "=="),
    SecretShape("Azure", "?sig=", Alphabet.alphanumeric + "%", 44),
    SecretShape("Grafana", "glsa_", Alphabet.alphanumeric, 32, after: "_0aF3bc12"),
    SecretShape("Notion", "ntn_12345678901", Alphabet.alphanumeric, 35),
    SecretShape("Linear", "lin_api_", Alphabet.alphanumeric, 40),
    SecretShape("Postman", "PMAK-", Alphabet.hexadecimal, 24, after: "-0123456789abcdef0123456789abcdef01"),
    SecretShape("Shopify", "shpat_", Alphabet.hexadecimal, 32),
    SecretShape("Artifactory", "AKCp", Alphabet.alphanumeric, 69),
    SecretShape("Pulumi", "pul-", Alphabet.hexadecimal, 40),
    SecretShape(
      "Dynatrace", "dt0c01.", Alphabet.upper + Alphabet.digits, 24, after: "." + String(repeating: "A7", count: 32)),
    SecretShape("Sentry", "sntrys_eyJpYXQiO", Alphabet.base64 + "_", 80),
  ]

  static let named: [SecretShape] = [
    SecretShape("URL", "postgres://app:", Alphabet.alphanumeric + "!$*+,-.~", 12, after: "@db.internal:5432/app"),
    SecretShape("URL", "https://", Alphabet.hexadecimal, 40, after: "@github.com/acme/app.git"),
    SecretShape("header", "Authorization: Bearer ", Alphabet.base64URL, 20),
    SecretShape("header", "authorization: Digest username=x, response=", Alphabet.hexadecimal, 32),
    SecretShape("header", "Set-Cookie: session=", Alphabet.alphanumeric, 24, after: "; Path=/; HttpOnly"),
    SecretShape("header", "curl -H 'X-Api-Key: ", Alphabet.alphanumeric, 20, after: "' https://api.example.com"),
    SecretShape("scheme", "used bearer ", Alphabet.alphanumeric, 20),
    SecretShape("scheme", "Basic ", Alphabet.base64, 24),
    SecretShape("scheme", "with token ", Alphabet.alphanumeric, 24),
    SecretShape("assignment", "password=", Alphabet.alphanumeric + "!#$%*+-./:?@^_~", 10),
    SecretShape("assignment", "DB_PASSWORD=", Alphabet.digits, 8),
    SecretShape("assignment", "PGPASSWORD=", Alphabet.alphanumeric, 9),
    SecretShape("assignment", "\"passphrase\": \"", Alphabet.alphanumeric + " ", 20, after: "\""),
    SecretShape("assignment", "{\\\"client_secret\\\":\\\"", Alphabet.base64URL, 20, after: "\\\"}"),
    SecretShape("JSON in JSON in JSON", #"{\\\"token\\\":\\\""#, Alphabet.base64URL, 20, after: #"\\\"}"#),
    SecretShape("assignment", "api_key: ", Alphabet.alphanumeric, 20),
    SecretShape("assignment", "apiKey => '", Alphabet.alphanumeric, 16, after: "'"),
    SecretShape("assignment", "accessToken := ", Alphabet.alphanumeric, 16),
    SecretShape("assignment", "?access_token=", Alphabet.alphanumeric, 24, after: "&page=2"),
    SecretShape("assignment", "refresh_token=", Alphabet.base64URL, 40),
    SecretShape("assignment", "GITHUB_TOKEN=", Alphabet.base64, 40),
    SecretShape("assignment", "private-key = ", Alphabet.base64, 44),
    SecretShape("assignment", "credentials: ", Alphabet.alphanumeric, 24),
    SecretShape("assignment", "AWS_SECRET_ACCESS_KEY=", Alphabet.base64, 40),
    SecretShape("option", "mysql --password=", Alphabet.alphanumeric, 8),
    SecretShape("option", "login --token ", Alphabet.alphanumeric, 24),
    SecretShape("option", "db --db-password ", Alphabet.alphanumeric, 8),
    SecretShape("option", "x --api-key ", Alphabet.alphanumeric, 20),
    SecretShape("option", "run --pass ", Alphabet.alphanumeric, 8),
    SecretShape("option", "run --key=", Alphabet.alphanumeric, 20),
    SecretShape("AWS prose", "the aws secret is ", Alphabet.base64, 40),
    SecretShape(
      "private key", "-----BEGIN RSA PRIVATE KEY-----\n", Alphabet.base64, 200, after: "\n-----END RSA PRIVATE KEY-----"
    ),
    SecretShape("private key", "-----BEGIN OPENSSH PRIVATE KEY-----\\n", Alphabet.base64, 200),
    SecretShape("private key", "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n", Alphabet.base64, 100),
  ]

  /// Where secrets stand in what agents write.
  private static let places: [(String, String)] = [
    ("", ""), ("fatal: ", " was refused"), ("line one\n", "\nline three"), ("\u{1B}[31m", "\u{1B}[0m"),
    ("ü \\n", "\\n"),
    (#"\u00fc"#, #"\u00fc"#), (#"\u001b[31m"#, #"\u001b[0m"#),
  ]

  @Test("vendor's token", arguments: tokens)
  func token(shape: SecretShape) throws {
    try checkRemoved(shape, places: Self.places + [("(\"", "\")"), ("a=", ",b")])
  }

  @Test("secret with a name", arguments: named)
  func namedSecret(shape: SecretShape) throws { try checkRemoved(shape, places: Self.places) }

  private func checkRemoved(_ shape: SecretShape, places: [(String, String)]) throws {
    let redactor = try Redactor(patterns: [], home: nil, secretValues: [])
    var random = SeededGenerator(seed: UInt64(shape.before.utf8.count * 1000 + shape.count))
    for _ in 0..<12 {
      let secret = random.text(shape.alphabet, shape.count)
      for (left, right) in places {
        let text = left + shape.before + secret + shape.after + right
        let redacted = redactor.redact(text)
        #expect(remains(of: secret, in: redacted) == nil, "\(text) → \(redacted)")
        #expect(redacted.contains("[REDACTED:"))
        #expect(redactor.redact(redacted) == redacted, "\(redacted) is redacted again")
      }
    }
  }

  /// Eight characters of `secret` that stand in `text`.
  private func remains(of secret: String, in text: String) -> String? {
    let characters = Array(secret)
    for start in 0...max(0, characters.count - 8) {
      let part = String(characters[start..<min(start + 8, characters.count)])
      if text.contains(part) { return part }
    }
    return nil
  }

  @Test("secret that the environment holds")
  func environment() throws {
    var random = SeededGenerator(seed: 29)
    for _ in 0..<20 {
      let secret = random.text(Alphabet.alphanumeric + " -", Int.random(in: 8...60, using: &random))
      let redactor = try Redactor(patterns: [], home: nil, secretValues: [secret, "short"])
      #expect(redactor.redact("got '\(secret)', short") == "got '[REDACTED:env]', short")
    }
  }

  @Test("match of the configuration's patterns")
  func patterns() throws {
    let redactor = try Redactor(patterns: ["ACME-[0-9]{6}", "^host [a-z]+", "x*"], home: nil, secretValues: [])
    #expect(redactor.redact("ACME-123456 xx ACME-654321") == "[REDACTED:pattern] [REDACTED:pattern] [REDACTED:pattern]")
    #expect(redactor.redact("host alpha, host beta") == "[REDACTED:pattern], host beta")
    #expect(redactor.redact("token=ACME-123456xyz,") == "token=[REDACTED:secret],")
    let error = #expect(throws: InvalidPattern.self) { try Redactor(patterns: ["a("], home: nil, secretValues: []) }
    #expect(error?.description == "redaction pattern 'a(': Unmatched ( or \\(")
  }

  @Test("person's name in a path or an address")
  func personal() throws {
    let redactor = try Redactor(patterns: [], home: "/root", secretValues: [])
    let table = [
      ("/home/alice/src/main.c:3", "~/src/main.c:3"), ("see /home/alice", "see ~"),
      ("PATH=/home/a/bin:/home/b/bin", "PATH=~/bin:~/bin"),
      ("/Users/alice.smith/x", "~/x"), ("file:///home/alice/x", "file://~/x"), ("C:\\Users\\Alice\\x", "~\\x"),
      ("c:\\\\users\\\\alice\\\\x", "~\\\\x"), ("/root/x and /rooted", "~/x and /rooted"),
      ("\u{1B}[31m/home/alice/x", "\u{1B}[31m~/x"), (#"a\n/home/alice/x"#, #"a\n~/x"#),
      (#"C:\\\\\\\\Users\\\\\\\\Alice\\x"#, #"~\\x"#),
      ("mail alice.b+c@example.co.uk.", "mail <email>."), ("<a@b.io>,c@d.org", "<<email>>,<email>"),
      ("https://alice@example.com/x", "https://<email>/x"),
    ]
    for (text, expected) in table { #expect(redactor.redact(text) == expected) }
  }
}
