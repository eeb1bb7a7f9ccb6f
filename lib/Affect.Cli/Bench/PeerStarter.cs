namespace Affect.Cli.Bench;

/// <summary>Starts peers where they are wanted and possible, and ends them all at the end.</summary>
/// <param name="wanted">Whether peers were asked for.</param>
/// <param name="tell">Says why a peer is missing, or what it runs on.</param>
internal sealed class PeerStarter(bool wanted, Action<string> tell) : IDisposable
{
    private readonly List<PythonPeer> started = [];

    internal IReadOnlyList<BenchPeer> Python(
        string name, string script, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        if (!wanted) return [];
        var peer = PythonPeer.TryStart(script, arguments, environment, out var reason);
        if (peer is null)
        {
            tell($"no peer '{name}': {reason}");
            return [];
        }
        started.Add(peer);
        tell($"peer '{name}': {peer.Info}");
        return [new(name, peer.Run)];
    }

    /// <summary>A peer that the case starts itself.</summary>
    /// <param name="name">What the table calls it.</param>
    /// <param name="isThere">Whether it is installed.</param>
    /// <param name="reason">Why it is not, if so.</param>
    /// <param name="run">Does the work once; returns seconds.</param>
    internal IReadOnlyList<BenchPeer> Other(string name, bool isThere, string reason, Func<double> run)
    {
        if (!wanted) return [];
        if (isThere) return [new(name, run)];
        tell($"no peer '{name}': {reason}");
        return [];
    }

    public void Dispose()
    {
        foreach (var peer in started) peer.Dispose();
    }
}
