// client.dataset(id): its items as a page, item by item, as a file, and an address that opens them.
export default async (client, { id, how, options, format }) => {
  const dataset = client.dataset(id);
  switch (how) {
    case "list":
      return dataset.listItems(options);
    case "walk": {
      const items = [];
      for await (const item of dataset.listItems(options)) items.push(item);
      return items;
    }
    case "download":
      return Buffer.from(await dataset.downloadItems(format, options)).toString("base64");
    case "address":
      return dataset.createItemsPublicUrl(options);
    case "statistics":
      return dataset.getStatistics();
    case "push":
      return dataset.pushItems([{ height: 3 }]);
  }
};
