namespace Affect.Kernel.Running;

/// <summary>An exception of native code that nothing caught before it came to .NET, which it cannot pass (<see cref="NativeExceptions"/>).</summary>
public sealed class NativeException : Exception
{
    internal NativeException(string message, StackTrace trace) : base(message) => Trace = trace;

    /// <summary>The calls that were running, innermost first.</summary>
    public StackTrace Trace { get; }
}
