// client.user(id).get().
import { asked, client, tell } from "./client.mjs";

await tell(() => client.user(asked.id).get());
