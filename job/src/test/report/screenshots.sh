#!/usr/bin/env bash
# Opens the page that a replay wrote in headless Chromium, wide and narrow, light and dark, and keeps pictures of
# it to look at. Fails if the page logs anything or reaches for the network.
#
#   mvn -Preplay && job/src/test/report/screenshots.sh [PAGE [FOLDER]]
set -euo pipefail

root=$(cd "$(dirname "$0")/../../../.." && pwd)
page=$(realpath "${1:-$root/job/target/replay-report.html}")
folder=${2:-$root/job/target/screenshots}
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
mkdir -p "$folder"
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT

complaints=0
for size in 1400,4400 360,9000; do
    for scheme in dark light; do
        picture="$folder/${size%,*}-$scheme.png"
        rm -f "$picture"
        # Blink knows the schemes by number.
        "$browser" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --hide-scrollbars \
            --disable-background-networking --disable-component-update --disable-sync --host-resolver-rules='MAP * ~NOTFOUND' \
            --user-data-dir="$profile" --enable-logging=stderr --virtual-time-budget=5000 --window-size="$size" \
            --blink-settings=preferredColorScheme="$([ "$scheme" = dark ] && echo 0 || echo 1)" \
            --screenshot="$picture" "file://$page" 2> "$profile/log" || true
        if grep ':CONSOLE' "$profile/log"; then
            complaints=1
        fi
        if [ ! -s "$picture" ]; then
            tail -3 "$profile/log" >&2
            exit 1
        fi
        echo "$picture"
    done
done
exit $complaints
