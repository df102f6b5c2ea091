# Counts what ./test ran. Sourced by it.

declare -A passed failed skipped
failures=()
notes=()
declare -A words=([units]="unit and architecture tests" [simulations]="simulations" [fuzz]="fuzz targets"
  [peers]="tests against real peers" [demo]="demo")
kinds=(units simulations fuzz peers demo)
for kind in "${kinds[@]}"; do passed[$kind]=0 failed[$kind]=0 skipped[$kind]=0; done

add() { # kind passed failed skipped
  passed[$1]=$((passed[$1] + $2))
  failed[$1]=$((failed[$1] + $3))
  skipped[$1]=$((skipped[$1] + $4))
}

# Adds the test reports (JUnit's XML as Maven writes it) of a kind, and names what failed or was skipped.
count_reports() { # kind file…
  local kind=$1 report head tests bad left
  shift
  for report; do
    head=$(grep -m1 -o '<testsuite [^>]*>' "$report")
    tests=$(attribute "$head" tests)
    bad=$(($(attribute "$head" failures) + $(attribute "$head" errors)))
    left=$(attribute "$head" skipped)
    add "$kind" $((tests - bad - left)) "$bad" "$left"
    [ "$bad" -eq 0 ] || failures+=("$(attribute "$head" name): $bad of $tests (${report#./})")
    [ "$left" -eq 0 ] || notes+=("$(attribute "$head" name): $(grep -m1 -o '<skipped message="[^"]*"' "$report" |
      sed 's/.*="//; s/"$//; s/&quot;/"/g')")
  done
}

attribute() { # element name
  local value=${1#* "$2"=\"}
  printf '%s' "${value%%\"*}"
}

# Adds the fuzz targets from the log of dev/fuzz, whose lines say "NAME: N inputs, nothing found" or "NAME: FAILED …".
count_fuzz() { # log exit
  local ok bad
  ok=$(grep -cE 'Fuzz: .*nothing found' "$1")
  bad=$(grep -cE 'Fuzz: FAILED' "$1")
  [ "$2" -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
  [ "$2" -ne 0 ] || [ "$ok" -gt 0 ] || bad=1
  add fuzz "$ok" "$bad" 0
  [ "$bad" -eq 0 ] || failures+=("fuzz targets: $bad (log $1)"
    "$(grep -A5 -E 'Fuzz: FAILED|^dev/fuzz:' "$1" | sed 's/^ */           /')")
}

line() { # kind…
  local kind
  for kind; do
    printf '   %-30s %5d passed, %d failed, %d skipped\n' \
      "${words[$kind]}" "${passed[$kind]}" "${failed[$kind]}" "${skipped[$kind]}"
  done
}

# Prints the summary and ends the script: 0 when nothing failed.
summary() { # seconds
  local kind all_passed=0 all_failed=0 all_skipped=0 text
  echo
  for kind in "${kinds[@]}"; do
    line "$kind"
    all_passed=$((all_passed + passed[$kind]))
    all_failed=$((all_failed + failed[$kind]))
    all_skipped=$((all_skipped + skipped[$kind]))
  done
  for text in "${failures[@]}"; do echo "   FAILED  $text"; done
  printf '%s\n' "${notes[@]}" | sort -u | sed '/^$/d; s/^/   not run  /'
  echo "   took $1 s"
  # A failure that no count knows of (a build that broke) is a failure too.
  [ ${#failures[@]} -eq 0 ] || [ "$all_failed" -gt 0 ] || all_failed=${#failures[@]}
  echo "$all_passed passed, $all_failed failed, $all_skipped skipped"
  [ "$all_failed" -eq 0 ]
  exit
}
