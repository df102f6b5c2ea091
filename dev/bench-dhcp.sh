# DHCP beside Kea and dnsmasq, asked by perfdhcp: read by dev/bench, in whose words this is.

# Kea and perfdhcp, unpacked beside the system; sets $kea to their folder.
need_kea() {
  kea=$root/.cache/bench/kea
  [ -e "$kea/complete" ] && return
  rm -rf "$kea" && mkdir -p "$kea/debs" && cd "$kea/debs" || return 1
  local packages
  packages=$(apt-get install -y --print-uris --no-install-recommends kea-dhcp4-server kea-admin </dev/null 2>/dev/null |
    sed -n "s/^'[^']*' \([^_]*\)_.*/\1/p")
  [ -n "$packages" ] || { echo "dev/bench: apt-get knows no kea-dhcp4-server and kea-admin here" >&2; return 1; }
  apt-get download $packages </dev/null >/dev/null 2>&1 || { echo "dev/bench: Kea could not be downloaded" >&2; return 1; }
  for file in *.deb; do dpkg -x "$file" ../root || return 1; done
  cd "$root" && touch "$kea/complete"
}

# Starts server $1 in namespace $b, with nothing in its lease store; sets $serving.
dhcp_start() {
  local work=$out/work/dhcp-$1
  rm -rf "$work" && mkdir -p "$work"
  case $1 in
    ekicho)
      ip netns exec $b taskset -c 0 "$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx128m --enable-native-access=ALL-UNNAMED \
        -cp "bench/target/classes:$(cat bench/target/classpath)" org.ekicho.bench.boot.DhcpServing eth0 "$work/leases" \
        >"$work/log" 2>&1 &
      serving=$!
      for _ in $(seq 200); do grep -q serving "$work/log" && return; sleep 0.1; done
      echo "dev/bench: our server did not begin; its log is $work/log" >&2
      ;;
    kea*)
      local persist=true
      [ "$1" = kea ] || persist=false
      cat >"$work/conf" <<CONF
{ "Dhcp4": { "interfaces-config": { "interfaces": [ "eth0" ], "dhcp-socket-type": "udp" },
  "lease-database": { "type": "memfile", "persist": $persist, "name": "$work/leases", "lfc-interval": 0 },
  "valid-lifetime": 3600, "loggers": [ { "name": "kea-dhcp4", "severity": "ERROR" } ],
  "subnet4": [ { "subnet": "10.0.0.0/8", "pools": [ { "pool": "10.1.0.1 - 10.1.255.254" } ] } ] } }
CONF
      LD_LIBRARY_PATH=$kea_libraries KEA_PIDFILE_DIR=$work KEA_LOCKFILE_DIR=$work \
        ip netns exec $b taskset -c 0 "$kea/root/usr/sbin/kea-dhcp4" -c "$work/conf" >"$work/log" 2>&1 &
      serving=$!
      sleep 1.5
      ;;
    dnsmasq)
      ip netns exec $b taskset -c 0 "$root/.cache/peers/bin/dnsmasq" --keep-in-foreground --conf-file=/dev/null --user=root \
        --interface=eth0 --bind-interfaces --dhcp-range=10.1.0.1,10.1.255.254,255.0.0.0,1h --dhcp-lease-max=60000 --no-ping \
        --quiet-dhcp --port=0 --dhcp-leasefile="$work/leases" >"$work/log" 2>&1 &
      serving=$!
      sleep 1.5
      ;;
  esac
}

# One measurement: server $1 at $2 exchanges offered a second. Prints "achieved drops% delay-ms".
dhcp_step() {
  dhcp_start "$1"
  LD_LIBRARY_PATH=$kea_libraries ip netns exec $a taskset -c 1 "$kea/root/usr/sbin/perfdhcp" -4 -r "$2" -R 20000 -p 4 -W 500000 \
    -l eth0 10.9.0.1 >"$out/work/perfdhcp" 2>&1
  kill "$serving" 2>/dev/null
  wait "$serving" 2>/dev/null
  awk '/^Rate:/ { rate = $2 } /^sent packets:/ { sent += $3 } /^received packets:/ { got += $3 } /^avg delay:/ { delay += $3 }
    END { printf "%d %.1f %.1f\n", rate, sent ? 100 * (sent - got) / sent : 100, delay }' "$out/work/perfdhcp"
}

bench_dhcp() {
  local server offered result rates="1000 2000 4000 6000 8000 12000 16000 24000"
  kea_libraries=$(find "$kea/root" -name 'lib*.so*' -printf '%h\n' | sort -u | paste -sd:)
  echo
  echo "| server | leases | clean up to (at most 1 % lost) | most answered | delay there, ms | ratio to the best peer with a file |"
  echo "|---|---|---|---|---|---|"
  local -A clean most delay
  for server in dnsmasq kea kea-memory ekicho; do
    clean[$server]=0 most[$server]=0 delay[$server]=-
    for offered in $rates; do
      for _ in $(seq "$rounds"); do
        result=($(dhcp_step $server "$offered"))
        echo "dhcp $server $offered offered: ${result[*]}" >>"$out/boot-dhcp.log"
        [ "${result[0]}" -gt "${most[$server]}" ] && most[$server]=${result[0]}
        if awk "BEGIN { exit !(${result[1]} <= 1.0) }" && [ "${result[0]}" -gt "${clean[$server]}" ]; then
          clean[$server]=${result[0]} delay[$server]=${result[2]}
        fi
      done
      awk "BEGIN { exit !(${result[1]} > 40) }" && break
    done
  done
  local best=1
  # With leases on the disk, as ours are.
  for server in dnsmasq kea; do [ "${clean[$server]}" -gt "$best" ] && best=${clean[$server]}; done
  for server in dnsmasq kea kea-memory ekicho; do
    case $server in
      dnsmasq) kept="file, rewritten now and then" ;;
      kea) kept="file, appended, not synced" ;;
      kea-memory) kept="none on disk" ;;
      ekicho) kept="journal, synced before the answer" ;;
    esac
    echo "| $server | $kept | ${clean[$server]} | ${most[$server]} | ${delay[$server]} |" \
      "$(awk "BEGIN { printf \"%.2f\", ${clean[$server]} / $best }") |"
  done
}
