// What every notebook begins with: the laboratory's names, invariant numbers, and the clock that the last cell reads.
// The kernel of this laboratory brings its own build; another C# kernel finds it in the clone, once ./lab setup has made it.
#r "../.artifacts/bin/Affect.Cli/release/TorchSharp.dll"
#r "../.artifacts/bin/Affect.Cli/release/Affect.dll"
#r "../.artifacts/bin/Affect.Cli/release/Affect.Notebook.dll"

using System.Globalization;
using System.IO;
using System.Threading;
using Affect;
using Affect.Adapters;
using Affect.Adapters.Adaptation;
using Affect.Adapters.Bottleneck;
using Affect.Adapters.Files;
using Affect.Adapters.Lora;
using Affect.Alignment;
using Affect.Alignment.Losses;
using Affect.Alignment.Studies;
using Affect.Data;
using Affect.Data.Mimicry;
using Affect.Encoders;
using Affect.Encoders.Hubert;
using Affect.Evaluation;
using Affect.Features;
using Affect.Fusion;
using Affect.Media;
using Affect.Notebook;
using Affect.Notebook.Drawing;
using Affect.Notebook.Figures;
using Affect.Parity;
using Affect.Prediction;
using Affect.Probing;
using Affect.Tensors;
using Affect.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Fold = Affect.Data.Fold; // TorchSharp.Modules has one, too

// The one of .NET Interactive makes its compiler warn, in each cell that ends with it.
HtmlContent HTML(string markup) => new(markup);

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var lab = new Laboratory { NewProgress = () => new NotebookProgress() };
