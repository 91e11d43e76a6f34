/**
 * Brings the claim that a link names into sight, and makes such links.
 *
 * The claims themselves stand in the page, rendered by the server.
 */

// What stands above a claim may still grow while the page loads.
const SETTLES_WITHIN_MS = 4000;

export default function mount({ data }) {
  const onClick = (event) => follow(event, data.copied);
  document.addEventListener("click", onClick);
  const stop = data.claim ? keepInSight(data.claim) : () => {};
  return () => {
    stop();
    document.removeEventListener("click", onClick);
  };
}

/** A click on a claim's link makes it the page's address and copies it. */
function follow(event, copied) {
  const anchor = event.target.closest("a.almaty-claim-link");
  if (!anchor || event.ctrlKey || event.metaKey || event.shiftKey) {
    return;
  }
  event.preventDefault();
  const address = new URL(window.location.href);
  address.searchParams.set("claim", new URL(anchor.href).searchParams.get("claim"));
  window.history.replaceState(window.history.state, "", address);
  mark(anchor.closest("tr"));
  navigator.clipboard?.writeText(anchor.href).then(
    () => { anchor.textContent = copied; },
    // Where copying is not allowed the address has the link.
    () => {},
  );
}

function keepInSight(claim) {
  const find = () => {
    const row = document.getElementById(`claim-${claim}`);
    if (row) {
      mark(row);
      row.scrollIntoView({ block: "center" });
    }
  };
  const watch = new ResizeObserver(find);
  const stop = () => watch.disconnect();
  // The page's own scroller holds everything that may grow.
  for (const block of document.querySelectorAll("[data-testid=stMainBlockContainer]")) {
    watch.observe(block);
  }
  for (const hand of ["wheel", "pointerdown", "keydown"]) {
    window.addEventListener(hand, stop, { once: true });
  }
  setTimeout(stop, SETTLES_WITHIN_MS);
  find();
  return stop;
}

function mark(row) {
  document.querySelector("tr.almaty-claim[aria-current]")?.removeAttribute("aria-current");
  row.setAttribute("aria-current", "true");
}
