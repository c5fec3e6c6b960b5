// client.datasets().list(): a page, or with `walk` all of them from page to page.
import { asked, client, tell } from "./client.mjs";

const { walk, ...options } = asked;

await tell(async () => {
  if (!walk) return client.datasets().list(options);
  const names = [];
  for await (const dataset of client.datasets().list(options)) names.push(dataset.name);
  return names;
});
