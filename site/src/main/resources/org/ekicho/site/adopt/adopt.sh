#!/bin/sh
# Makes this machine's package repositories come from the mirror at @BASE@, and back.
#
#   sh adopt.sh [--dry-run] [FILE...]   files of the distribution itself, unless others are named
#   sh adopt.sh --undo [FILE...]        puts the files back as they were, byte for byte
#   sh adopt.sh --channel NAME ...      addresses of that channel instead of the paths that the files have
#   sh adopt.sh --root DIR ...          works on the system that lies in DIR
#
# yum 3 and dnf 4: FILE is kept as FILE.dist; its mirrorlist=, metalink= and foreign baseurl= become comments, and
# baseurl= names the mirror. dnf 5: /etc/dnf/repos.override.d/99-ekicho.repo says so, and the files stay as they are.
# A second run changes nothing. Needs a POSIX shell, awk, cmp and diff.
set -u
LC_ALL=C
export LC_ALL
base='@BASE@'
channel='@CHANNEL@'
root=
undo=
dry=

say() { printf '%s\n' "$*"; }
fail() { printf 'adopt: %s\n' "$*" >&2; exit 2; }
usage() { printf 'adopt: %s\n' "$*" >&2; exit 3; }

while [ $# -gt 0 ]; do
  case $1 in
    --undo) undo=yes ;;
    --dry-run) dry=yes ;;
    --channel) [ $# -ge 2 ] || usage '--channel needs a name'; channel=$2; shift ;;
    --root) [ $# -ge 2 ] || usage '--root needs a folder'; root=$2; shift ;;
    --) shift; break ;;
    -*) usage "unknown option $1; known are --dry-run, --undo, --channel NAME, --root DIR" ;;
    *) break ;;
  esac
  shift
done
case $channel in *[!a-z0-9-]*) usage "\"$channel\" is no name of a channel: lower-case letters, digits and dashes" ;; esac

# Decides as "ekicho mirror adopt" does, line by line. mode: text, override, lists (how many lists become comments),
# refused (ids of sections in use whose place on the mirror cannot be told).
program='
function first(v) {
  gsub(/[ \t,]+/, " ", v); sub(/^ /, "", v); sub(/ .*/, "", v)
  return v
}
function value(t) { return substr(t, index(t, "=") + 1) }
function key(t,  equals, k) {
  equals = index(t, "=")
  if (equals < 2) return ""
  k = substr(t, 1, equals - 1)
  sub(/[ \t]+$/, "", k)
  return tolower(k)
}
function stream_path(v,  repo, kind) {
  if (!match(v, /[?&]repo=centos-[a-z-]+-[$]stream(&| |$)/)) return ""
  repo = substr(v, RSTART, RLENGTH)
  sub(/^.repo=centos-/, "", repo); sub(/-[$]stream.?$/, "", repo)
  if (repo == "extras-sig-extras-common") return "http://centos/SIGs/$stream/extras/$basearch/extras-common/"
  kind = repo ~ /-debug$/ ? "$basearch/debug/tree/" : repo ~ /-source$/ ? "source/tree/" : "$basearch/os/"
  sub(/-(debug|source)$/, "", repo)
  return (repo in folder) ? "http://centos/$stream/" folder[repo] "/" kind : ""
}
function address(id, url) {
  if (channel != "") return base "/" channel "/" id "/"
  if (index(url, base "/") == 1) return url
  sub("^[a-z]+://[^/]*", "", url)
  return base (url == "" ? "/" : url)
}
function emit(l) { printf "%s%s", between, l; between = "\n" }
function block(start, end,  i, j, id, t, k, cur, list, lists, bases, at, cand, off, until, url, v, inside) {
  id = text[start]; sub(/^\[/, "", id); sub(/\].*/, "", id)
  for (i = start + 1; i <= end; i++) {
    t = text[i]
    if (t ~ /^[ \t\r\f]*$/) continue
    if (t ~ /^[#;]/) {
      if (!cand && t ~ /^[#;]+[ \t]*baseurl[ \t]*=[ \t]*(http|https|ftp):\/\/[^ \t,]/) cand = i
    } else if (t ~ /^[ \t]/) {
      if (cur) { owner[i] = cur; last[cur] = i; val[cur] = val[cur] " " t }
    } else {
      cur = i; k = name[i] = key(t); val[i] = value(t); last[i] = i
      if (k == "mirrorlist" || k == "metalink") { lists++; if (!list) list = i }
      else if (k == "baseurl") { bases++; at = i }
      else if (k == "enabled") off = first(val[i]) ~ /^(0|no|false|off)$/
    }
  }
  if (!lists && !bases) return
  until = bases ? first(val[at]) : cand ? first(value(text[cand])) : stream_path(val[list])
  if (bases && until !~ /^(http|https|ftp):\/\//) return
  if (until == "" && channel == "") { if (!off) refused = refused " " id; return }
  url = address(id, until)
  v = val[at]; sub(/^[ \t]+/, "", v); sub(/[ \t]+$/, "", v)
  if (!lists && bases == 1 && v == url) return
  for (i = start + 1; i <= end; i++) {
    k = (i in owner) ? name[owner[i]] : name[i]
    if (k == "mirrorlist" || k == "metalink" || k == "baseurl") comment[i] = 1
  }
  for (j = cand + 1; cand && j <= end; j++)
    if ((j in owner) && owner[j] < cand && !(owner[j] in comment)) inside = 1
  if (!bases && cand && !inside) replace[cand] = "baseurl=" url cr[cand]
  else { i = bases ? last[at] : last[list]; behind[i] = "baseurl=" url cr[i] }
  all += lists
  override = override "[" id "]\nbaseurl=" url "\nmirrorlist=\nmetalink=\n"
}
BEGIN {
  folder["baseos"] = "BaseOS"; folder["appstream"] = "AppStream"; folder["crb"] = "CRB"
  folder["highavailability"] = "HighAvailability"; folder["nfv"] = "NFV"; folder["rt"] = "RT"
  folder["resilientstorage"] = "ResilientStorage"
}
{ n = NR; whole[n] = text[n] = $0; cr[n] = sub(/\r$/, "", text[n]) ? "\r" : "" }
END {
  if (ragged) cr[n] = ""
  for (i = 1; i <= n; i++)
    if (substr(text[i], 1, 1) == "[" && index(text[i], "]")) { if (start) block(start, i - 1); start = i }
  if (start) block(start, n)
  if (mode == "lists") print all + 0
  else if (mode == "refused") print refused
  else if (mode == "override") printf "%s", override
  else {
    for (i = 1; i <= n; i++) {
      if (refused != "") emit(whole[i])
      else if (i in replace) emit(replace[i])
      else {
        emit((i in comment) ? "#" whole[i] : whole[i])
        if (i in behind) emit(behind[i])
      }
    }
    if (n && !ragged) printf "\n"
  }
}
'

decide() { # MODE FILE
  ragged=0
  [ -z "$(tail -c 1 "$2")" ] || ragged=1
  awk -v mode="$1" -v base="$base" -v channel="$channel" -v ragged="$ragged" "$program" "$2"
}

# The distribution's own files; what others brought along may not be on the mirror.
own_files() {
  for f in "$root"/etc/yum.repos.d/*.repo; do
    case ${f##*/} in
      CentOS-*.repo|centos*.repo|fedora*.repo|rocky*.repo|Rocky-*.repo|almalinux*.repo) [ ! -f "$f" ] || printf '%s\n' "$f" ;;
    esac
  done
}

override=$root/etc/dnf/repos.override.d/99-ekicho.repo
dnf5=
[ ! -d "$root/etc/dnf/repos.override.d" ] || dnf5=yes
[ $# -eq 0 ] || dnf5=

if [ $# -eq 0 ]; then
  found=$(own_files)
  IFS='
'
  set -f
  set -- $found
  set +f
  unset IFS
fi
[ $# -gt 0 ] || fail "no .repo file of a distribution is in $root/etc/yum.repos.d; name the files"

work=$(mktemp -d "${TMPDIR:-/tmp}/adopt.XXXXXX") || fail "no temporary folder can be made"
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM

# Puts the new text in the place of a file by one rename; mode and owner stay, as the copy is made of the file itself.
put() { # NEW FILE
  cp -p "$2" "$2.new" && cat "$1" > "$2.new" && sync && mv -f "$2.new" "$2" || fail "cannot write $2"
}

show() { # OLD NEW NAME
  diff -u "$1" "$2" | sed "1s|^--- .*|--- $3|; 2s|^+++ .*|+++ $3|"
}

status=0
if [ -n "$dnf5" ]; then
  if [ -n "$undo" ]; then
    if [ ! -e "$override" ]; then say "$override: nothing to undo"
    elif [ -n "$dry" ]; then say "$override would be removed"
    else rm -f "$override" || fail "cannot remove $override"; say "$override: removed"; fi
    exit 0
  fi
  printf '# Repositories come from %s. Undo: sh adopt.sh --undo\n' "$base" > "$work/new"
  for f; do
    refused=$(decide refused "$f")
    [ -z "$refused" ] || { say "$f: no place on the mirror is known for$refused; say --channel NAME" >&2; status=1; continue; }
    decide override "$f" >> "$work/new"
  done
  if [ -e "$override" ] && cmp -s "$override" "$work/new"; then say "$override: nothing to change"; exit $status; fi
  if [ -n "$dry" ]; then cat "$work/new"; exit $status; fi
  cat "$work/new" > "$override.new" && sync && mv -f "$override.new" "$override" || fail "cannot write $override"
  say "$override: written"
  exit $status
fi

for f; do
  [ -f "$f" ] || { say "$f: no such file" >&2; status=2; continue; }
  if [ -n "$undo" ]; then
    if [ ! -f "$f.dist" ]; then say "$f: nothing to undo"; continue; fi
    show "$f" "$f.dist" "$f"
    if [ -z "$dry" ]; then mv -f "$f.dist" "$f" || fail "cannot write $f"; say "$f: as it was"; fi
    continue
  fi
  refused=$(decide refused "$f")
  [ -z "$refused" ] || { say "$f: no place on the mirror is known for$refused; say --channel NAME" >&2; status=1; continue; }
  decide text "$f" > "$work/new" || fail "awk failed on $f"
  if cmp -s "$f" "$work/new"; then say "$f: nothing to change"; continue; fi
  show "$f" "$work/new" "$f"
  [ ! -f "$f.rpmnew" ] || say "$f.rpmnew is a newer file of the distribution: compare it, put it in the place of $f, and run this again"
  [ -z "$dry" ] || continue
  if [ -f "$f.dist" ] && [ "$(decide lists "$f")" -gt 0 ]; then
    mv -f "$f.dist" "$f.dist.old" || fail "cannot write $f.dist.old"
  fi
  [ -f "$f.dist" ] || { cp -p "$f" "$f.dist.new" && mv -f "$f.dist.new" "$f.dist"; } || fail "cannot write $f.dist"
  put "$work/new" "$f"
  say "$f: comes from $base now; the file as it was is $f.dist"
done
exit $status
