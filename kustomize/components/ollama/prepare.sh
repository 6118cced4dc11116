# Brings the model onto the volume: the base is pulled when it is absent, the adapter is used when somebody has put it
# there (see docs/operate.md). Runs to its end before the server that serves it starts.
set -eu
ollama serve &
server=$!
until ollama list >/dev/null 2>&1; do sleep 1; done
base=$(sed -n 's/^FROM //p' /knotty/Modelfile)
# Where nothing may be pulled it waits, so that the weights can be brought into this very container.
until ollama show "$base" >/dev/null 2>&1 || ollama pull "$base"; do
    echo "$base is not on the volume and cannot be pulled: docs/operate.md says how to bring it"
    sleep 10
done
ollama create knotty -f /knotty/Modelfile
if [ -f /ollama/adapter/llama-knotty.gguf ]; then
    { cat /knotty/Modelfile; echo "ADAPTER /ollama/adapter/llama-knotty.gguf"; } >/tmp/Modelfile
    ollama create llama-knotty -f /tmp/Modelfile
fi
kill "$server"
wait "$server" || true
