/*
 * SHA-256 of libcrypto (Debian: libssl-dev), seen by Sources/TrackCore/System/SHA256.swift alone.
 *
 * The plain functions, which OpenSSL 3 calls deprecated and keeps: EVP, which it advises, brings 3.6 MB of providers
 * into a static executable; these bring 24 KB, and the same assembly with SHA-NI.
 */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
