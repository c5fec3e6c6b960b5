// The Apify client for JavaScript as its users have it; what a script does with it is told as one line of JSON.
import { createRequire } from "node:module";

const { ApifyClient } = createRequire(`${process.env.NODE_CLIENTS}/`)("apify-client");
const base = process.env.CATALOG_URL;

export const client = new ApifyClient({ token: process.env.TOKEN || undefined, baseUrl: base, publicBaseUrl: base });
export const asked = JSON.parse(process.argv[2] ?? "{}");

export async function tell(does) {
  let told;
  try {
    told = { done: (await does()) ?? null };
  } catch (error) {
    const { name, type, statusCode, message } = error;
    told = { failed: { name, type, statusCode, message } };
  }
  console.log(JSON.stringify(told));
}
