// client.datasets().list(): a page, or with `walk` all of them from page to page.
export default async (client, { walk, ...options }) => {
  if (!walk) return client.datasets().list(options);
  const names = [];
  for await (const dataset of client.datasets().list(options)) names.push(dataset.name);
  return names;
};
