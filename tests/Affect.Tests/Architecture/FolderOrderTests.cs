namespace Affect.Tests.Architecture;

/// <summary>The folders of lib/Affect follow an experiment's steps; each uses only those before it.</summary>
public sealed partial class FolderOrderTests
{
    private static readonly string[] Order =
    [
        "Tensors", "Checkpoints", "Text", "Media", "Data", "Evaluation", "Encoders", "Features", "Adapters", "Alignment", "Fusion", "Training", "Probing",
        "SelfTraining", "Speech", "Retrieval",
    ];

    private static readonly string Library = Path.Combine(Repository.Root, "lib", "Affect");

    [Fact]
    public void Every_folder_of_the_library_has_its_place_in_the_order()
    {
        var unknown = Directory.GetDirectories(Library).Select(Path.GetFileName).Except(Order).Where(name => name is not ("bin" or "obj"));
        Assert.Empty(unknown);
    }

    [Fact]
    public void A_folder_uses_only_those_before_it()
    {
        var checkedUses = 0;
        var wrong = new List<string>();
        foreach (var (folder, place) in Order.Select((folder, place) => (folder, place)))
        {
            var path = Path.Combine(Library, folder);
            if (!Directory.Exists(path)) continue;
            foreach (var file in Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories))
                foreach (Match use in Uses().Matches(File.ReadAllText(file)))
                {
                    checkedUses++;
                    if (Array.IndexOf(Order, use.Groups["folder"].Value) > place)
                        wrong.Add($"{Path.GetRelativePath(Repository.Root, file)} uses {use.Groups["folder"].Value}, which comes after {folder}");
                }
        }
        Assert.True(checkedUses > 5, "no use was found: the pattern is broken");
        Assert.Empty(wrong);
    }

    [Fact]
    public void Namespaces_are_folders()
    {
        var wrong = Directory.EnumerateFiles(Library, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(file => Declared().Match(File.ReadAllText(file)).Groups["name"].Value != Expected(file))
            .Select(file => Path.GetRelativePath(Repository.Root, file));
        Assert.Empty(wrong);
    }

    private static string Expected(string file)
    {
        var folder = Path.GetRelativePath(Library, Path.GetDirectoryName(file)!);
        return folder == "." ? "Affect" : "Affect." + folder.Replace(Path.DirectorySeparatorChar, '.');
    }

    [GeneratedRegex(@"\bAffect\.(?<folder>[A-Z]\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Uses();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Declared();
}
