/*
 * zlib (Debian: zlib1g-dev), seen by Sources/TrackCore/System/Deflate.swift alone.
 *
 * The two functions are macros there, which Swift does not see; 15 and 31 are the window of 32 KiB with no frame and with
 * that of gzip.
 */
#include <zlib.h>

static inline int track_deflate_begin(z_stream *stream, int level) {
  return deflateInit2(stream, level, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
}

static inline int track_inflate_begin(z_stream *stream, int hasFrame) {
  return inflateInit2(stream, hasFrame ? 31 : -15);
}
