namespace Affect.Tests.Architecture;

/// <summary>
/// The library must compile on every tensor provider (environment.md, "Providers"), so it may bind only to the members of TorchSharp that
/// all of them have: <c>portable.txt</c>.
/// </summary>
public sealed class PortableSubsetTests
{
    private static readonly string ListFile = Path.Combine(Repository.Root, "tests", "Affect.Tests", "Architecture", "portable.txt");

    [Fact]
    public void The_library_binds_only_to_portable_members_of_TorchSharp()
    {
        var bound = BoundMembers.Of(typeof(Require).Assembly.Location, "TorchSharp");
        Assert.True(bound.Count > 50, $"only {bound.Count} members were found: the reader of the metadata is broken");
        var portable = Portable();
        var foreign = bound.Where(member => !portable.Contains(member)).ToArray();
        Assert.True(foreign.Length == 0, "lib/Affect binds to members of TorchSharp that are not in portable.txt:\n  " + string.Join("\n  ", foreign));
    }

    [Fact]
    public void The_reader_sees_members_that_are_not_portable()
    {
        var bound = BoundMembers.Of(typeof(PortableSubsetTests).Assembly.Location, "TorchSharp");
        _ = TorchSharp.Runtime.Version; // of our provider alone
        Assert.Contains("Runtime.Version", bound);
        Assert.DoesNotContain("Runtime.Version", Portable());
    }

    [SharedFact("torchsharp-api.md")]
    public void Every_portable_member_stands_in_the_description_of_the_api()
    {
        var text = File.ReadAllText(Repository.Shared("torchsharp-api.md")!);
        var words = text.Split([.. " \t\r\n`()[]{}<>,.;:|*/?!=+-\"'"], StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        var unknown = Portable().Select(member => (member, word: member[(member.LastIndexOf('.') + 1)..]))
            .Where(entry => entry.word is not (".ctor" or "ctor" or "this[]" or "operator" or "Dispose" or "Count" or "GetEnumerator" or "Invoke" or "ToString"))
            .Where(entry => !((string[])["", "get_", "set_"]).Any(prefix => words.Contains(prefix + entry.word) || words.Contains(entry.word.TrimEnd('_'))))
            .Select(entry => entry.member);
        Assert.Empty(unknown);
    }

    private static HashSet<string> Portable()
    {
        var members = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(ListFile))
        {
            var text = line.Split('#')[0].Trim();
            if (text.Length == 0) continue;
            var colon = text.IndexOf(": ", StringComparison.Ordinal);
            var type = text[..colon];
            foreach (var name in text[(colon + 2)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)) members.Add($"{type}.{BoundMembers.Property(name)}");
        }
        return members;
    }
}
