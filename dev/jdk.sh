# Finds a JDK 25 or newer and exports JAVA_HOME. Sourced by ekicho, test and the scripts in dev.
#
# Looks at, in this order: JAVA_HOME, the distribution's and vendors' usual folders, SDKMAN, IDE downloads, PATH.
# A JDK's `release` file names its version, so that no Java has to be started to ask.

EKICHO_JDK=25

# The feature version of the JDK in folder $1 ("25"), or nothing when it is no JDK.
jdk_version() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
  local line
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=*)
        line=${line#JAVA_VERSION=}
        line=${line//\"/}
        printf '%s\n' "${line%%[.+-]*}"
        return 0
        ;;
    esac
  done 2>/dev/null <"$1/release"
  return 1
}

# Exports JAVA_HOME, or returns 1.
find_jdk() {
  local home version on_path
  on_path=$(readlink -f "$(command -v javac 2>/dev/null)" 2>/dev/null)
  for home in ${JAVA_HOME:+"$JAVA_HOME"} \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/*jdk* \
    "${HOME:-/}"/.sdkman/candidates/java/* "${HOME:-/}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    ${on_path:+"${on_path%/bin/javac}"}; do
    version=$(jdk_version "$home") || continue
    case $version in *[!0-9]* | '') continue ;; esac
    [ "$version" -ge "$EKICHO_JDK" ] || continue
    export JAVA_HOME=$home
    return 0
  done
  return 1
}

# Exports JAVA_HOME, or ends the script and says what to do.
need_jdk() {
  find_jdk && return 0
  echo "ekicho: no JDK $EKICHO_JDK found (looked at JAVA_HOME, /usr/lib/jvm, SDKMAN and PATH)." >&2
  echo "Install one (apt-get install temurin-25-jdk or openjdk-25-jdk, dnf install java-25-openjdk-devel," \
    "or: sdk install java 25-tem), or set JAVA_HOME to it." >&2
  exit 2
}

# Ends the script and says what to do when Maven is missing.
need_maven() {
  command -v mvn >/dev/null && return 0
  echo "ekicho: Maven (mvn, 3.8 or newer) is needed to build and is not on PATH." >&2
  echo "Install it: apt-get install maven, or dnf install maven, or: sdk install maven." >&2
  exit 2
}
