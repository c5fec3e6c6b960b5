// client.dataset(id).get(), and which of its values came as moments.
export default async (client, { id }) => {
  const dataset = await client.dataset(id).get();
  return dataset && { ...dataset, moments: Object.keys(dataset).filter((key) => dataset[key] instanceof Date) };
};
