namespace Affect.Kernel.Tests.Scripting;

/// <summary>A library of two files, an assembly and the native code that it calls: <c>Probe.Pid()</c> is the number of the process.</summary>
internal static class NativeProbe
{
    private const string Code = """
        public static class Probe
        {
            [System.Runtime.InteropServices.DllImport("probe")] private static extern int SystemNative_GetPid();
            public static int Pid() => SystemNative_GetPid();
        }
        """;

    internal static void Write(string assemblyFolder, string nativeFolder)
    {
        foreach (var folder in (string[])[assemblyFolder, nativeFolder]) Directory.CreateDirectory(folder);
        var compilation = CSharpCompilation.Create(
            "Probe",
            [CSharpSyntaxTree.ParseText(Code)],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.Emit(Path.Combine(assemblyFolder, "Probe.dll")).Diagnostics);
        var native = Directory.GetFiles(RuntimeEnvironment.GetRuntimeDirectory(), "libSystem.Native.*").Single(file => Path.GetExtension(file) is ".so" or ".dylib");
        File.Copy(native, Path.Combine(nativeFolder, "libprobe" + Path.GetExtension(native)));
    }
}
