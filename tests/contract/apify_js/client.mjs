// The Apify client for JavaScript as its users have it: each line of JSON names what to do with it, and a line tells of it.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const { ApifyClient } = createRequire(`${process.env.NODE_CLIENTS}/`)("apify-client");

async function told({ script, url, token, asked }) {
  const client = new ApifyClient({ token: token || undefined, baseUrl: url, publicBaseUrl: url });
  const { default: does } = await import(`./${script}`);
  try {
    return { done: (await does(client, asked)) ?? null };
  } catch (error) {
    const { name, type, statusCode, message } = error;
    return { failed: { name, type, statusCode, message } };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await told(JSON.parse(line))));
}
