// client.user(id).get().
export default (client, { id }) => client.user(id).get();
