// Follows a job with the JavaScript package until there is nothing left; says each event it was handed, once a line.
import { EventSource } from "eventsource";

const TYPES = [
  "job.queued", "job.started", "job.phase", "head.written", "row.written", "row.rewritten", "job.requeued",
  "job.succeeded", "job.failed", "job.canceled",
];
const awake = setInterval(() => {}, 60_000); // the package lets Node end while it waits to connect again
const source = new EventSource(process.argv[2]);
for (const type of TYPES) {
  source.addEventListener(type, (event) => console.log(`${event.lastEventId} ${event.type} ${event.data}`));
}
source.addEventListener("error", (event) => {
  if (source.readyState !== EventSource.CLOSED) return;
  console.log(`closed ${event.code}`);
  clearInterval(awake);
});
