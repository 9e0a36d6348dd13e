/* libyaml (Debian: libyaml-dev), seen by Sources/TrackCore/Config/YAMLEvents.swift alone. */
#include <yaml.h>
