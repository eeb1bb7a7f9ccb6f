namespace Affect.Tests;

/// <summary>
/// Compares text with an approved file in <c>Approved/</c>. On a difference the new text is written beside it as <c>NAME.received.EXT</c>
/// (ignored by git) and the test says where the two part. To approve what is drawn now, look at it, then run the tests with
/// <c>AFFECT_APPROVE=1</c> in the environment.
/// </summary>
internal static class Approval
{
    private const int LinesAround = 2;

    private static string Folder => Path.Combine(Repository.Root, "tests", "Affect.Notebook.Tests", "Approved");

    public static void Check(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        if (Environment.GetEnvironmentVariable("AFFECT_APPROVE") == "1")
        {
            AtomicFile.WriteText(path, text);
            return;
        }
        var approved = File.Exists(path) ? File.ReadAllText(path) : "";
        if (approved == text) return;
        var received = Path.ChangeExtension(path, $".received{Path.GetExtension(path)}");
        AtomicFile.WriteText(received, text);
        Assert.Fail($"{name} is not as approved.\n{Difference(approved, text)}\nNew: {received}\nIf it is right, run the tests with AFFECT_APPROVE=1.");
    }

    /// <summary>The first lines that differ, with what stands around them.</summary>
    internal static string Difference(string approved, string received)
    {
        var (old, fresh) = (approved.Split('\n'), received.Split('\n'));
        var first = 0;
        while (first < old.Length && first < fresh.Length && old[first] == fresh[first]) first++;
        var same = 0;
        while (same < old.Length - first && same < fresh.Length - first && old[^(same + 1)] == fresh[^(same + 1)]) same++;
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"line {first + 1}:\n");
        for (var line = Math.Max(0, first - LinesAround); line < first; line++) text.Append($"    {old[line]}\n");
        foreach (var line in old[first..^same].Take(8)) text.Append($"  - {line}\n");
        foreach (var line in fresh[first..^same].Take(8)) text.Append($"  + {line}\n");
        return text.ToString();
    }
}
