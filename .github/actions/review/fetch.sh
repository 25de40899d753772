#!/usr/bin/env bash
# Brings the commits of the pull request here as objects: no file of them is written into the working folder.
# Takes BASE, HEAD and NUMBER of the pull request, and TOKEN.
set -euo pipefail

# In a header from the environment: an argument would stand in the list of processes.
credentials=$(printf 'x-access-token:%s' "$TOKEN" | base64 -w0)
export GIT_CONFIG_COUNT=1
export GIT_CONFIG_KEY_0="http.${GITHUB_SERVER_URL}/.extraheader"
export GIT_CONFIG_VALUE_0="AUTHORIZATION: basic $credentials"

[[ $BASE =~ ^[0-9a-f]{40,64}$ && $HEAD =~ ^[0-9a-f]{40,64}$ ]] || { echo "base and head have to be commit ids"; exit 2; }
sources=("$BASE")
[[ ${NUMBER:-} =~ ^[0-9]+$ ]] && sources+=("refs/pull/$NUMBER/head") || sources+=("$HEAD")

# A history that was fetched in part would hide where the two part.
shallow=()
[[ $(git rev-parse --is-shallow-repository) == true ]] && shallow=(--unshallow)
git -c core.hooksPath=/dev/null -c protocol.allow=never -c "protocol.${GITHUB_SERVER_URL%%:*}.allow=always" \
  fetch --quiet --no-tags --no-recurse-submodules --no-write-fetch-head "${shallow[@]}" \
  "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY" "${sources[@]}"
