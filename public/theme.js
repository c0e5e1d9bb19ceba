// Sets <html data-theme="light|dark"> before the first paint: the learner's choice if there is one, else the system's.
// In somebody else's page (?embed) the address may say it, and no storage is touched.
(() => {
  const asked = new URLSearchParams(location.search);
  let choice = asked.get('theme');
  if (choice === null && !asked.has('embed')) {
    try {
      choice = localStorage.getItem('kafkascope.theme');
    } catch {
      // A browser without storage follows the system.
    }
  }
  const dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
