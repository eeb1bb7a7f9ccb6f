namespace Affect.Kernel.Tests.Running;

public sealed class NativeExceptionTests : CellTests
{
    // libstdc++ has functions whose only work is to throw; nothing between them and the cell catches it.
    private const string Throwing = """
        using System.Runtime.InteropServices;
        static class Native
        {
            [DllImport("libstdc++.so.6", EntryPoint = "_ZSt19__throw_logic_errorPKc")] public static extern void Throw(string message);
            public delegate int Compare(IntPtr one, IntPtr other);
            [DllImport("libc.so.6", EntryPoint = "qsort")] public static extern void Sort(int[] numbers, nint count, nint size, Compare compare);
            [DllImport("libstdc++.so.6")] private static extern IntPtr __cxa_allocate_exception(nint size);
            [DllImport("libstdc++.so.6")] private static extern void __cxa_throw(IntPtr thrown, IntPtr type, IntPtr destructor);
            public static void ThrowNumber() => __cxa_throw(__cxa_allocate_exception(4), NativeLibrary.GetExport(NativeLibrary.Load("libstdc++.so.6"), "_ZTIi"), 0);
        }
        """;

    public NativeExceptionTests()
    {
        NativeExceptions.Survive();
        if (OperatingSystem.IsLinux()) cells.Runs(Throwing);
    }

    [LinuxFact]
    public void What_a_native_library_throws_ends_the_cell_in_its_line_and_what_was_there_remains()
    {
        cells.Run("var kept = 41;\nvoid Call()\n{\n    Native.Throw(\"two shapes differ\");\n}");
        var error = cells.Fails("kept++;\nCall();\nkept = 0;");
        Assert.Equal("NativeException", error.Name);
        Assert.Equal("two shapes differ", error.Message);
        Assert.Equal("cell[2]:line 4", error.Place);
        Assert.Contains("  cell[3]:line 2", error.Traceback);
        Assert.Equal("42", cells.Value("kept"));
    }

    [LinuxFact]
    public void An_exception_that_is_no_standard_one_is_told_by_its_type()
    {
        Assert.Equal("an exception of the C++ type 'i'", cells.Fails("Native.ThrowNumber();").Message);
    }

    [LinuxFact]
    public void An_exception_of_the_cells_own_that_would_pass_through_native_code_ends_the_cell()
    {
        for (var i = 0; i < 3; i++)
        {
            var error = cells.Fails("var before = 1;\nNative.Sort([2, 1], 2, 4, (one, other) => throw new FormatException(\"inside\"));");
            Assert.Equal(("FormatException", "inside"), (error.Name, error.Message));
            Assert.Equal("2", cells.Value("before + 1"));
        }
    }

    [LinuxFact]
    public void Whoever_waits_for_such_a_thread_is_not_left_waiting()
    {
        Assert.Equal(CellStatus.Failed, cells.Run("await Task.Run(() => Native.Throw(\"elsewhere\"));").Status);
        Assert.Contains(cells.Said, static message => message.Contains("elsewhere", StringComparison.Ordinal));
        Assert.Equal("3", cells.Value("1 + 2"));
    }

    [LinuxFact]
    public void Many_in_a_row_leave_a_session_that_runs_and_can_be_stopped()
    {
        for (var i = 0; i < 20; i++) Assert.Equal($"number {i}", cells.Fails($"await Task.Yield(); Native.Throw(\"number {i}\");").Message);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        Assert.Equal(CellStatus.Interrupted, cells.Run("while (true) ;", stop.Token).Status);
        Assert.Equal("3", cells.Value("1 + 2"));
    }

    [LinuxFact]
    public void On_a_thread_that_the_cell_has_started_it_is_told_and_the_cell_goes_on()
    {
        // A machine that is busy is given longer.
        Assert.Contains((int[])[3_000, 60_000], patience =>
        {
            Assert.Equal("False", cells.Value($"Task.Run(() => Native.Throw(\"elsewhere\")).Wait({patience})"));
            return cells.Said.Any(static message => message.StartsWith("stderr: ", StringComparison.Ordinal) && message.Contains("elsewhere", StringComparison.Ordinal));
        });
    }

    [Fact]
    public void The_native_stack_below_a_message_of_libtorch_is_left_out()
    {
        Assert.Equal("shapes (2x3 and 4x5)", cells.Fails("throw new System.Runtime.InteropServices.ExternalException(\"shapes (2x3 and 4x5)\\nException raised from meta at a.cpp:1\\nframe #0\");").Message);
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class LinuxFactAttribute : FactAttribute
    {
        public LinuxFactAttribute()
        {
            if (!OperatingSystem.IsLinux()) Skip = "needs Linux, where C++ programs share libstdc++";
        }
    }
}
