#!/bin/sh
# Writes the digests of a release into kustomize/site/images, then builds production and looks at what would be applied.
# Names that are not given keep what they had. Needs kubectl, and asks no cluster.
#
#   sh kustomize/release.sh knotty=registry/knotty@sha256:... knotty-web=... [ollama/ollama=...]
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
images="$here/site/images"
stop() { printf '%s\n' "$@" >&2; exit 1; }

[ $# -gt 0 ] || stop "Which images? knotty=REGISTRY/knotty@sha256:DIGEST, knotty-web=..., ollama/ollama=..."
[ -f "$here/site/kustomization.yaml" ] || stop "First: cp -r kustomize/site.example kustomize/site, and write your own names into it."
mkdir -p "$images"
kept="$images/kustomization.yaml"
new=$(mktemp)
old=$(mktemp)
trap 'rm -f "$new" "$old"' EXIT
[ ! -f "$kept" ] || cp "$kept" "$old"

printf '%s\n' "# By kustomize/release.sh." "apiVersion: kustomize.config.k8s.io/v1alpha1" "kind: Component" "images:" >"$new"
grep '^  - ' "$old" >"$new.lines" || true
for given in "$@"; do
    name=${given%%=*} image=${given#*=}
    case "$name" in knotty | knotty-web | ollama/ollama) ;; *) stop "$name is no image of ours: knotty, knotty-web, ollama/ollama" ;; esac
    digest=${image##*@}
    printf '%s\n' "$digest" | grep -Eqx 'sha256:[0-9a-f]{64}' || stop "$image has no digest: REGISTRY/NAME@sha256:, then 64 hexadecimal digits"
    printf '%s\n' "$digest" | grep -Eq ':(.)\1{63}$' && stop "$digest is a placeholder"
    grep -v "{name: $name," "$new.lines" >"$new.rest" || true
    { cat "$new.rest"; printf '  - {name: %s, newName: %s, digest: "%s"}\n' "$name" "${image%@*}" "$digest"; } >"$new.lines"
done
sort "$new.lines" >>"$new"
rm -f "$new.lines" "$new.rest"
cp "$new" "$kept"

back() { # nothing is kept that cannot be applied
    if [ -s "$old" ]; then cp "$old" "$kept"; else rm -f "$kept"; fi
    stop "$@"
}
built=$(kubectl kustomize "$here/overlays/production") || back "Production cannot be built: nothing was changed."
loose=$(printf '%s\n' "$built" | sed -n 's/^[ -]*image: //p' | grep -Ev '@sha256:[0-9a-f]{64}$' | sort -u) || true
[ -z "$loose" ] || back "Nothing was changed; these have no digest yet, name them too:" "$loose"
left=$(printf '%s\n' "$built" | grep -E '\.example\b|192\.0\.2\.' | sort -u) || true
[ -z "$left" ] || back "Nothing was changed; kustomize/site still has names of the example:" "$left"
printf '%s\n' "$built" | sed -n 's/^[ -]*image: //p' | sort -u
echo "Now: kubectl diff --server-side -k kustomize/overlays/production"
