# Brings the model onto the volume: the base is pulled when it is absent, the adapter is used when somebody has put it
# there (see docs/operate.md). Runs to its end before the server that serves it starts.
set -eu
ollama serve &
server=$!
until ollama list >/dev/null 2>&1; do sleep 1; done
base=$(sed -n 's/^FROM //p' /knotty/Modelfile)
ollama show "$base" >/dev/null 2>&1 || ollama pull "$base"
ollama create knotty -f /knotty/Modelfile
if [ -f /ollama/adapter/llama-knotty.gguf ]; then
    { cat /knotty/Modelfile; echo "ADAPTER /ollama/adapter/llama-knotty.gguf"; } >/tmp/Modelfile
    ollama create llama-knotty -f /tmp/Modelfile
fi
kill "$server"
wait "$server" || true
