// Asks the JavaScript package whether a webhook is genuine: says "ok", or why not.
import { Webhook } from "standardwebhooks";

const { secret, body, headers } = JSON.parse(process.argv[2]);
try {
  new Webhook(secret).verify(body, headers);
  console.log("ok");
} catch (refused) {
  console.log(refused.message);
}
