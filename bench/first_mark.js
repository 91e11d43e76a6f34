// Notes, in every frame of a page, when its first mark was painted.
(() => {
  const WANTED = ".tm-mark, img.leaflet-marker-icon, " +
    "[data-testid='stApp'][data-test-script-state='notRunning'] [data-testid='stText']";
  const look = () => {
    if (!document.querySelector(WANTED)) {
      requestAnimationFrame(look);
      return;
    }
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      window.benchFirstMark = performance.timeOrigin + performance.now();
    };
    channel.port2.postMessage(null);
  };
  requestAnimationFrame(look);
})();
