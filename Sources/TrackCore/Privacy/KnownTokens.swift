extension TokenFormat {
  /// The tokens of vendors, after the rules of gitleaks (https://github.com/gitleaks/gitleaks, commit b58d3f10).
  ///
  /// The first that fits names what is found, so special formats stand before general ones.
  static let known: [TokenFormat] = [
    // Repositories.
    TokenFormat("github", "ghp_", .alphanumeric, 36).anywhere,
    TokenFormat("github", "gho_", .alphanumeric, 36).anywhere,
    TokenFormat("github", "ghu_", .alphanumeric, 36).anywhere,
    TokenFormat("github", "ghs_", .alphanumeric, 36).anywhere,
    TokenFormat("github", "ghr_", .alphanumeric, 36).anywhere,
    TokenFormat("github", "github_pat_", .word, 50).anywhere,
    TokenFormat("gitlab", "glpat-", .dotted, 20).anywhere,
    TokenFormat("gitlab", "glptt-", .hexadecimal, 40).anywhere,
    TokenFormat("gitlab", "glrt-", .dotted, 20).anywhere,
    TokenFormat("gitlab", "gldt-", .dotted, 20).anywhere,
    TokenFormat("gitlab", "glft-", .dotted, 20).anywhere,
    TokenFormat("gitlab", "glcbt-", .dotted, 20).anywhere,
    TokenFormat("gitlab", "glsoat-", .dotted, 20).anywhere,

    // Models.
    TokenFormat("anthropic", "sk-ant-", .base64URL, 32).anywhere,
    TokenFormat("openai", "sk-proj-", .base64URL, 32).anywhere,
    TokenFormat("openai", "sk-svcacct-", .base64URL, 32).anywhere,
    TokenFormat("openai", "sk-admin-", .base64URL, 32).anywhere,
    TokenFormat("api-key", "sk-", .base64URL, 32).noWords,
    TokenFormat("huggingface", "hf_", .alphanumeric, 34),
    TokenFormat("perplexity", "pplx-", .alphanumeric, 40),

    // Clouds.
    TokenFormat("aws", "AKIA", .upperOrDigit, 16),
    TokenFormat("aws", "ASIA", .upperOrDigit, 16),
    TokenFormat("aws", "ABIA", .upperOrDigit, 16),
    TokenFormat("aws", "ACCA", .upperOrDigit, 16),
    TokenFormat("aws", "A3T", .upperOrDigit, 17),
    TokenFormat("aws", "ABSK", .base64, 109),
    TokenFormat("google", "AIza", .base64URL, 35),
    TokenFormat("google", "ya29.", .base64URL, 20),
    TokenFormat("azure", "AccountKey=", .escapedBase64, 30).afterName,
    TokenFormat("azure", "SharedAccessKey=", .escapedBase64, 30).afterName,
    TokenFormat("azure", "sig=", .escapedBase64, 30).afterName,
    TokenFormat("azure", "Q~", azureBody, 31).preceded(by: azureBody, 4),
    TokenFormat("digitalocean", "dop_v1_", .hexadecimal, 64).anywhere,
    TokenFormat("digitalocean", "doo_v1_", .hexadecimal, 64).anywhere,
    TokenFormat("digitalocean", "dor_v1_", .hexadecimal, 64).anywhere,
    TokenFormat("heroku", "HRKU-AA", .base64URL, 58),
    TokenFormat("fly", "fo1_", .base64URL, 43),

    // Services.
    TokenFormat("slack", "xoxb-", .dotted, 8).anywhere,
    TokenFormat("slack", "xoxp-", .dotted, 8).anywhere,
    TokenFormat("slack", "xoxe-", .dotted, 8).anywhere,
    TokenFormat("slack", "xoxe.", .dotted, 8).anywhere,
    TokenFormat("slack", "xoxa-", .dotted, 8).anywhere,
    TokenFormat("slack", "xoxr-", .dotted, 8).anywhere,
    TokenFormat("slack", "xoxs-", .dotted, 8).anywhere,
    TokenFormat("slack", "xapp-", .dotted, 10).anywhere,
    TokenFormat("slack", "hooks.slack.com/services/", .base64, 20).anywhere,
    TokenFormat("slack", "hooks.slack.com/workflows/", .base64, 20).anywhere,
    TokenFormat("slack", "hooks.slack.com/triggers/", .base64, 20).anywhere,
    TokenFormat("telegram", ":A", .base64URL, 34).preceded(by: .digits, 5).exact.anywhere,
    TokenFormat("stripe", "sk_test_", .alphanumeric, 10),
    TokenFormat("stripe", "sk_live_", .alphanumeric, 10),
    TokenFormat("stripe", "sk_prod_", .alphanumeric, 10),
    TokenFormat("stripe", "rk_test_", .alphanumeric, 10),
    TokenFormat("stripe", "rk_live_", .alphanumeric, 10),
    TokenFormat("stripe", "rk_prod_", .alphanumeric, 10),
    TokenFormat("stripe", "whsec_", .base64, 24),
    TokenFormat("sendgrid", "SG.", .dotted, 60),
    TokenFormat("twilio", "SK", .hexadecimal, 32).exact,
    TokenFormat("grafana", "glsa_", .word, 40),
    TokenFormat("grafana", "glc_", .base64, 32),
    TokenFormat("notion", "ntn_", .alphanumeric, 40),
    TokenFormat("linear", "lin_api_", .alphanumeric, 40),
    TokenFormat("postman", "PMAK-", .base64URL, 59),
    TokenFormat("shopify", "shpat_", .hexadecimal, 32),
    TokenFormat("shopify", "shpca_", .hexadecimal, 32),
    TokenFormat("shopify", "shppa_", .hexadecimal, 32),
    TokenFormat("shopify", "shpss_", .hexadecimal, 32),
    TokenFormat("dynatrace", "dt0c01.", .dotted, 80),
    TokenFormat("sentry", "sntrys_", .escapedBase64, 40),
    TokenFormat("sentry", "sntryu_", .hexadecimal, 64),

    // Packages.
    TokenFormat("npm", "npm_", .alphanumeric, 36),
    TokenFormat("npm", "NPM_", .alphanumeric, 36),
    TokenFormat("pypi", "pypi-AgEIcHlwaS5vcmc", .base64URL, 50).anywhere,
    TokenFormat("rubygems", "rubygems_", .hexadecimal, 48),
    TokenFormat("artifactory", "AKCp", .alphanumeric, 69),

    // Infrastructure.
    TokenFormat("vault", "hvs.", .base64URL, 24),
    TokenFormat("vault", "hvb.", .base64URL, 24),
    TokenFormat("doppler", "dp.pt.", .dotted, 40),
    TokenFormat("doppler", "dp.st.", .dotted, 40),
    TokenFormat("age", "AGE-SECRET-KEY-1", .upperOrDigit, 58).anywhere,
    TokenFormat("databricks", "dapi", .hexadecimal, 32),
    TokenFormat("pulumi", "pul-", .hexadecimal, 40),
    TokenFormat("terraform", ".atlasv1.", .dotted, 60).preceded(by: .alphanumeric, 14),
  ]

  private static let azureBody = ByteSet("0-9a-zA-Z_~.-")
}
