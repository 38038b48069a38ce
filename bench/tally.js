const form = document.querySelector("form.tally");
const output = form.querySelector("output");
function count() {
  const checked = [...form.querySelectorAll("input:checked")];
  const points = checked.reduce((sum, input) => sum + Number(input.dataset.points), 0);
  output.value = `${checked.length} answered, ${points} points so far`;
}
form.addEventListener("change", count);
count();
