namespace Affect.Tests.Tensors;

/// <summary>These tests as a program of their own, which does what ends a process; the test runner starts them in another way.</summary>
internal static class CrashProgram
{
    /// <summary>The exit code of a process that C++ has ended, or the runtime.</summary>
    internal const int Aborted = 134; // 128 + SIGABRT

    /// <summary>The exit code of one that came to its end.</summary>
    internal const int Survived = 7;

    internal static IReadOnlyDictionary<string, Action> Cases { get; } = new Dictionary<string, Action>(StringComparer.Ordinal)
    {
        ["matmul of shapes that do not fit"] = static () => ones(2, 3).matmul(ones(4, 5)),
        ["grad of what does not train"] = static () => autograd.grad([ones(2).sum()], [ones(2)]),
        ["cummax along an axis that is not there"] = static () => ones(2).cummax(5),
        ["NaN as a whole number"] = static () => tensor(float.NaN).ToInt32(),
        ["a variance of whole numbers by axis"] = static () => ones(2, 3, dtype: int64).var([0]),
        ["a slice of step 0"] = static () => _ = ones(5)[TensorIndex.Slice(0, 5, 0)],
        ["a script with an unknown name"] = static () => jit.compile("def f(x):\n    return unknown(x)\n"),
        ["an exception in a function's backward"] = static () => Failing.apply(ones(1, requires_grad: true)).backward(),
    };

    internal static int Run(string name)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CrashProgram).Assembly.Location, name]) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        using var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode is Aborted or Survived, $"exit code {process.ExitCode}: {said}");
        return process.ExitCode;
    }

    private static int Main(string[] arguments)
    {
        RuntimeHelpers.RunModuleConstructor(typeof(TorchLibrary).Module.ModuleHandle);
        if (Cases.TryGetValue(string.Join(' ', arguments), out var crash)) crash();
        else ones(2, 3).mm(ones(3, 2)).Dispose();
        return Survived;
    }

    private sealed class Failing : autograd.SingleTensorFunction<Failing>
    {
        public override string Name => nameof(Failing);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) => ((Tensor)vars[0]).clone();

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => throw new InvalidOperationException("on purpose");
    }
}
