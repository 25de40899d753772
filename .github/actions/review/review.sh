#!/usr/bin/env bash
# Reviews BASE..HEAD in the current folder: the text into the log and the summary of the job, JSON and SARIF into files.
# Fails from the risk FAIL_ON on.
set -euo pipefail
export NO_COLOR=1

studio="$(dirname "$0")/../../../bin/tactus-studio"
folder=$(mktemp -d "${RUNNER_TEMP:-/tmp}/tactus-review-XXXXXX")

# What a pull request says must not become a command to the runner, in whatever line it stands.
token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
echo "::stop-commands::$token"
status=0
"$studio" review "$BASE..$HEAD" --json >"$folder/review.json" || status=$?
if ((status <= 1)); then
  "$studio" review "$BASE..$HEAD" --sarif >"$folder/review.sarif" || true
  "$studio" review "$BASE..$HEAD" --html "$folder/page" >/dev/null || true
  "$studio" review "$BASE..$HEAD" >"$folder/review.txt" || true
  cat "$folder/review.txt"
fi
echo "::$token::"

if ((status > 1)); then
  echo "The change could not be reviewed; its message stands above."
  exit "$status"
fi

risk=$(node -p 'JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8")).risk' "$folder/review.json")
{
  echo "risk=$risk"
  echo "json=$folder/review.json"
  echo "sarif=$folder/review.sarif"
  echo "html=$folder/page"
} >>"$GITHUB_OUTPUT"
{
  echo "## Review of procedures: risk $risk"
  echo "<pre>"
  # Plain text in HTML; the summary of a job takes a megabyte.
  head -c 500000 "$folder/review.txt" | sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g'
  echo "</pre>"
} >>"$GITHUB_STEP_SUMMARY"

case "$FAIL_ON:$risk" in
high:high | low:high | low:low) exit 1 ;;
esac
