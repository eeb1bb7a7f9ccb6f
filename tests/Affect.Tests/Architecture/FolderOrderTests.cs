using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Affect.Tests.Architecture;

/// <summary>Every project's folders, inner ones too, stand in one order; each uses only those before it. What uses what is asked of the compiler.</summary>
public sealed class FolderOrderTests
{
    private const int MostFiles = 40;
    private const string Top = "Affect (laboratory)";
    private const string Usings = "GlobalUsings.cs";

    /// <summary>Project by project, folder by folder: the drawing in CONTRIBUTING as a list.</summary>
    private static readonly string[] Order =
    [
        "Affect",
        "Affect/Tensors",
        "Affect/Checkpoints/Pickle", "Affect/Checkpoints",
        "Affect/Text/Unicode", "Affect/Text",
        "Affect/Media",
        "Affect/Data", "Affect/Data/Mimicry",
        "Affect/Evaluation", "Affect/Evaluation/Simulation",
        "Affect/Training/TensorBoard", "Affect/Training",
        "Affect/Encoders", "Affect/Encoders/Transformer", "Affect/Encoders/BagOfWords", "Affect/Encoders/Mfcc", "Affect/Encoders/Hubert", "Affect/Encoders/CLIP", "Affect/Encoders/Vit", "Affect/Encoders/Bert",
        "Affect/Features",
        "Affect/Probing",
        "Affect/Adapters", "Affect/Adapters/Peft", "Affect/Adapters/Lora", "Affect/Adapters/Dora", "Affect/Adapters/Ia3", "Affect/Adapters/Bottleneck", "Affect/Adapters/BitFit",
        "Affect/Adapters/PrefixTuning", "Affect/Adapters/Files", "Affect/Adapters/Cache", "Affect/Adapters/Adaptation",
        "Affect/Alignment/Losses", "Affect/Alignment", "Affect/Alignment/Studies",
        "Affect/Fusion",
        "Affect/Prediction",
        "Affect/Pretraining/Clustering", "Affect/Pretraining", "Affect/Pretraining/Hubert", "Affect/Pretraining/CLIP", "Affect/Pretraining/Bert",
        "Affect/Parity",
        Top,
        "Affect.Notebook/Drawing", "Affect.Notebook/Plotly", "Affect.Notebook", "Affect.Notebook/Figures", "Affect.Notebook/Formatting", "Affect.Notebook/Pages",
        "Affect.Frames", "Affect.Plotly",
        "Affect.Kernel", "Affect.Kernel/Zmq", "Affect.Kernel/Protocol", "Affect.Kernel/Notebooks", "Affect.Kernel/Running", "Affect.Kernel/Showing", "Affect.Kernel/Cells", "Affect.Kernel/Errors",
        "Affect.Kernel/Scripting", "Affect.Kernel/Completion", "Affect.Kernel/Sessions", "Affect.Kernel/Headless", "Affect.Kernel/Jupyter", "Affect.Kernel/Install",
        "Affect.Cli/Output", "Affect.Cli/Corpora", "Affect.Cli/Config", "Affect.Cli/Options", "Affect.Cli/Bench", "Affect.Cli/Adapt", "Affect.Cli/Notebooks", "Affect.Cli/Pretrain",
        "Affect.Cli/Commands", "Affect.Cli",
    ];

    // Beside Laboratory*.cs.
    private static readonly string[] OfTheTop =
        ["CheckpointFolder.cs", "EncodedCorpus.cs", "EncoderChoice.cs", "ModalityLoader.cs", "VisualChoice.cs"];

    private static readonly string[] Projects = ["Affect", "Affect.Notebook", "Affect.Frames", "Affect.Plotly", "Affect.Kernel", "Affect.Cli"];

    private static readonly string Library = Path.Combine(Repository.Root, "lib");

    private static readonly Lazy<Dictionary<(string From, string To), HashSet<string>>> AllUses = new(Uses);

    [Fact]
    public void Every_folder_has_its_place_in_the_order() => Assert.Equal(Sources().Select(FolderOf).Distinct().Order(StringComparer.Ordinal), Order.Order(StringComparer.Ordinal));

    [Fact]
    public void A_folder_uses_only_those_before_it()
    {
        var uses = AllUses.Value;
        Assert.True(uses.Count > 200, $"only {uses.Count} uses were found: the compiler was asked in a wrong way");
        Assert.Empty(uses.Where(use => Array.IndexOf(Order, use.Key.To) > Array.IndexOf(Order, use.Key.From)).Select(use => $"{use.Key.From} uses {use.Key.To}: {string.Join(", ", use.Value.Take(4))}"));
    }

    [Fact]
    public void Nothing_but_commands_depends_on_how_our_own_checkpoints_were_made() =>
        Assert.DoesNotContain(AllUses.Value.Keys, use =>
            use.To.StartsWith("Affect/Pretraining", StringComparison.Ordinal) && !use.From.StartsWith("Affect/Pretraining", StringComparison.Ordinal) && !use.From.StartsWith("Affect.Cli", StringComparison.Ordinal));

    [Fact]
    public void No_folder_holds_more_than_one_looks_through() =>
        Assert.Empty(Sources().GroupBy(file => Path.GetDirectoryName(file)!).Where(folder => folder.Count() > MostFiles).Select(folder => $"{folder.Key} has {folder.Count()} files"));

    [Fact]
    public void Namespaces_are_folders() => Assert.Empty(
        from file in Sources()
        let declared = CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot().DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString()
        let folder = Path.GetRelativePath(Library, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.')
        where declared is not null && declared != folder && !file.Contains($"{Path.DirectorySeparatorChar}Cells{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        select $"{file} declares {declared}");

    private static IEnumerable<string> Sources() => Projects.SelectMany(SourcesOf);

    private static IEnumerable<string> SourcesOf(string project) => Directory.EnumerateFiles(Path.Combine(Library, project), "*.cs", SearchOption.AllDirectories)
        .Where(file => Path.GetFileName(file) != Usings && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string FolderOf(string file)
    {
        var folder = Path.GetRelativePath(Library, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '/');
        return folder == "Affect" && (Path.GetFileName(file).StartsWith("Laboratory", StringComparison.Ordinal) || OfTheTop.Contains(Path.GetFileName(file))) ? Top : folder;
    }

    private static Dictionary<(string From, string To), HashSet<string>> Uses()
    {
        var uses = new Dictionary<(string, string), HashSet<string>>();
        // The packages of all projects lie beside the program, which is built before tests are.
        var packages = Directory.EnumerateFiles(Path.Combine(Repository.Root, ".artifacts", "bin", "Affect.Cli", "release"), "*.dll").Where(IsManaged);
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Concat(packages).DistinctBy(Path.GetFileName)
            .Where(file => Path.GetFileName(file) is var name && !name.StartsWith("Affect", StringComparison.Ordinal) && name != "lab.dll")
            .Select(file => (MetadataReference)MetadataReference.CreateFromFile(file)).ToList();
        foreach (var project in Projects)
        {
            var compilation = Compile(project, references);
            references.Add(compilation.ToMetadataReference());
            foreach (var tree in compilation.SyntaxTrees.Where(tree => tree.FilePath.Length > 0 && Path.GetFileName(tree.FilePath) != Usings)) Collect(compilation.GetSemanticModel(tree), uses);
        }
        return uses;
    }

    private static bool IsManaged(string file)
    {
        using var stream = File.OpenRead(file);
        using var image = new System.Reflection.PortableExecutable.PEReader(stream);
        return image.HasMetadata;
    }

    private static CSharpCompilation Compile(string project, IEnumerable<MetadataReference> references)
    {
        const string implicits = "global using System; global using System.IO; global using System.Linq; global using System.Collections.Generic; global using System.Threading; global using System.Threading.Tasks;";
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        var trees = SourcesOf(project).Append(Path.Combine(Library, project, Usings)).Where(File.Exists)
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file)).Append(CSharpSyntaxTree.ParseText(implicits, options));
        return CSharpCompilation.Create(project, trees, references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
    }

    private static void Collect(SemanticModel model, Dictionary<(string From, string To), HashSet<string>> uses)
    {
        var tree = model.SyntaxTree;
        foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>().Where(name => !name.Ancestors().Any(node => node is UsingDirectiveSyntax)))
        {
            var symbol = model.GetSymbolInfo(name).Symbol;
            var type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
            if (type?.OriginalDefinition.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.FilePath is not { Length: > 0 } place) continue;
            var (from, to) = (FolderOf(tree.FilePath), FolderOf(place));
            if (from == to) continue;
            if (!uses.TryGetValue((from, to), out var seen)) uses[(from, to)] = seen = [];
            seen.Add($"{Path.GetFileName(tree.FilePath)} {type.Name}");
        }
    }
}
