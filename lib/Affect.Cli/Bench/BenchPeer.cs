namespace Affect.Cli.Bench;

/// <summary>Somebody else's way to do a case's work, or our own other way.</summary>
/// <param name="Name">What the table calls it, as in <c>torch 1.13.1</c>.</param>
/// <param name="Run">Does the work once; returns seconds.</param>
internal sealed record BenchPeer(string Name, Func<double> Run);
