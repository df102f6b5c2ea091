# Says whether the program in target/app is as new as its sources. Sourced by ekicho and dev/build.

# Is the program of the source tree $1 built, and newer than every source? Looks at names and times only: some
# milliseconds. A tree that cannot be written is taken as it is.
is_built() {
  local built=$1/target/app/built
  [ -e "$built" ] || return 1
  [ -w "$1" ] || return 0
  [ -z "$(find "$1/dev/build" "$1"/pom.xml "$1"/*/pom.xml "$1"/*/src/main -newer "$built" -print -quit 2>/dev/null)" ]
}
