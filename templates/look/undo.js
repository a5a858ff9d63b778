import { send } from "/own/base.js";

/** Takes back what this person did last, and goes where that was. */
export async function undo() {
  const found = await send("/undo", {});
  if (!found) return;
  if (found.page === location.pathname || found.page === "/ink") location.reload(); else location.assign(found.page);
}
