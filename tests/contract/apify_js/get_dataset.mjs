// client.dataset(id).get(), and which of its values came as moments.
import { asked, client, tell } from "./client.mjs";

await tell(async () => {
  const dataset = await client.dataset(asked.id).get();
  return dataset && { ...dataset, moments: Object.keys(dataset).filter((key) => dataset[key] instanceof Date) };
});
