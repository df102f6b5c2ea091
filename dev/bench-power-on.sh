# From power-on to the kernel, beside dnsmasq with busybox's web server: read by dev/bench, in whose words this is.
# Ours counts until the kernel was sent whole, theirs until it was asked for, which is some tenths of a second less.

# A house with a switch and a machine's port, 10.77.0.1 on it.
power_house() {
  house=ek-bench-$$-h
  trap 'ip netns pids $house 2>/dev/null | xargs -r kill; ip netns del $house' EXIT
  ip netns add $house && ip -n $house link set lo up && ip -n $house link add br0 type bridge &&
    ip -n $house link set br0 up && ip -n $house addr add 10.77.0.1/24 dev br0 &&
    ip -n $house tuntap add tap0 mode tap && ip -n $house link set tap0 master br0 up || exit 2
}

# Starts server $1 in folder $2; its log says when the kernel was fetched.
power_serve() {
  case $1 in
    ekicho)
      cat >"$2/ekicho.toml" <<CONF
[site]
name = "bench"
state-directory = "state"
[time]
enabled = false
[boot]
folder = "boot"
interfaces = ["br0"]
dhcp = "server"
http-address = "10.77.0.1"
[[boot.profile]]
name = "web"
tree = "debian-12"
[[boot.machine]]
name = "web1"
macs = ["52:54:00:77:00:01"]
profile = "web"
[[boot.subnet]]
net = "10.77.0.0/24"
ranges = ["10.77.0.100-10.77.0.150"]
CONF
      (cd "$2" && "$root/ekicho" boot tree import debian-12 "$tree" && "$root/ekicho" boot install web1) >"$2/log" 2>&1
      (cd "$2" && exec ip netns exec $house "$root/ekicho" serve) >>"$2/log" 2>&1 &
      fetched="the kernel of order" where=$2/boot/audit.log
      for _ in $(seq 300); do grep -q "giving addresses" "$2/log" && break; sleep 0.1; done
      ;;
    dnsmasq)
      mkdir -p "$2/www" "$2/tftp"
      cp "$tree/debian-installer/amd64/linux" "$2/www/kernel" && cp "$tree/debian-installer/amd64/initrd.gz" "$2/www/initrd"
      cp /usr/lib/ipxe/undionly.kpxe /usr/lib/ipxe/snponly.efi "$2/tftp/"
      printf '#!ipxe\ninitrd http://10.77.0.1:8069/initrd\nkernel http://10.77.0.1:8069/kernel initrd=initrd\nboot\n' >"$2/www/script.ipxe"
      ip netns exec $house busybox httpd -f -vv -p 10.77.0.1:8069 -h "$2/www" >"$2/http" 2>&1 &
      ip netns exec $house "$root/.cache/peers/bin/dnsmasq" --keep-in-foreground --conf-file=/dev/null --user=root --interface=br0 \
        --bind-interfaces --dhcp-range=10.77.0.100,10.77.0.150 --no-ping --port=0 --leasefile-ro --enable-tftp \
        --tftp-root="$2/tftp" --dhcp-match=set:ipxe,175 --dhcp-match=set:uefi,option:client-arch,7 \
        --dhcp-boot=tag:!ipxe,tag:uefi,snponly.efi --dhcp-boot=tag:!ipxe,tag:!uefi,undionly.kpxe \
        --dhcp-boot=tag:ipxe,http://10.77.0.1:8069/script.ipxe >"$2/log" 2>&1 &
      fetched="url:/kernel" where=$2/http
      sleep 1
      ;;
  esac
}

# Seconds from power-on of firmware $2 until server $1 was asked for the kernel; - when it never was.
power_once() {
  local work=$out/work/power-$1-$2 began machine=(-M q35,graphics=off) card=
  rm -rf "$work" && mkdir -p "$work"
  power_serve "$1" "$work"
  if [ "$2" = uefi ]; then
    cp /usr/share/OVMF/OVMF_VARS_4M.fd "$work/vars.fd"
    machine=(-M q35 -drive if=pflash,format=raw,readonly=on,file=/usr/share/OVMF/OVMF_CODE_4M.fd
      -drive "if=pflash,format=raw,file=$work/vars.fd" -fw_cfg name=opt/org.tianocore/IPv6Support,string=n)
    card=,romfile=
  fi
  began=$(date +%s%N)
  ip netns exec $house qemu-system-x86_64 -accel tcg -cpu max -m 1024 -nodefaults -display none -vga none -serial null \
    "${machine[@]}" -netdev tap,id=n0,ifname=tap0,script=no,downscript=no \
    -device virtio-net-pci,netdev=n0,bootindex=1,mac=52:54:00:77:00:01$card >"$work/qemu" 2>&1 &
  local qemu=$! seconds=-
  for _ in $(seq 2400); do
    if grep -q "$fetched" "$where" 2>/dev/null; then
      seconds=$(awk "BEGIN { printf \"%.1f\", ($(date +%s%N) - $began) / 1e9 }")
      break
    fi
    sleep 0.05
  done
  kill $qemu 2>/dev/null
  ip netns pids $house | xargs -r kill 2>/dev/null
  wait 2>/dev/null
  echo "power-on $1 $2: $seconds s" >>"$out/boot-power-on.log"
  echo "$seconds"
}

# The middle one; - when any machine never came so far.
median() { sort -n | awk '$1 == "-" { failed = 1 } { all[NR] = $1 } END { print failed ? "-" : all[int((NR + 1) / 2)] }'; }

bench_power_on() {
  local firmware server
  echo
  echo "| firmware | ekicho, s | dnsmasq and busybox httpd, s | ratio |"
  echo "|---|---|---|---|"
  for firmware in bios uefi; do
    local -A seconds=([ekicho]= [dnsmasq]=)
    for _ in $(seq "$rounds"); do
      for server in ekicho dnsmasq; do seconds[$server]+="$(power_once $server $firmware)"$'\n'; done
    done
    local ours theirs
    ours=$(printf '%s' "${seconds[ekicho]}" | median) theirs=$(printf '%s' "${seconds[dnsmasq]}" | median)
    echo "| $firmware | $ours | $theirs | $([ "$ours" != - ] && [ "$theirs" != - ] && awk "BEGIN { printf \"%.2f\", $ours / $theirs }" || echo -) |"
  done
}
