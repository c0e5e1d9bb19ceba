// Sets <html data-theme="light|dark"> before the first paint: the learner's choice if there is one, else the system's.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem('kafkascope.theme');
  } catch {
    // A browser without storage follows the system.
  }
  const dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
