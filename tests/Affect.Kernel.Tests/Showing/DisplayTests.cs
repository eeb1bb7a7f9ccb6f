namespace Affect.Kernel.Tests.Showing;

public sealed class DisplayTests() : CellTests(new SessionOptions { References = [typeof(Molecule).Assembly.Location] })
{
    [Fact]
    public void A_display_is_shown_and_updated_under_one_name()
    {
        cells.Run("var shown = display(1.5);\nshown.Update(\"done\");");
        Assert.Equal(["display: 1.5", "update: done"], cells.Said);
        Assert.Single(cells.Shown.Select(call => call.DisplayId).Distinct());
        cells.Run("shown.Update(2);");
        Assert.Equal(["update: 2"], cells.Said);
        cells.Run("var other = 1.Display();\nother.Update(3);");
        Assert.Equal(["display: 1", "update: 3"], cells.Said);
    }

    [Fact]
    public void Only_the_forms_asked_for_are_shown_and_an_update_keeps_them()
    {
        cells.Run("var shown = new Elsewhere.Molecule(\"H2O\").Display(\"text/html\");\nshown.Update(new Elsewhere.Molecule(\"O2\"));");
        Assert.Equal(["<i>H2O</i>", "<i>O2</i>"], cells.Shown.Select(call => Assert.Single(call.Bundle).Value.ToString()));
        cells.Run("shown.Update(5);");
        Assert.Equal("text/html", Assert.Single(Assert.Single(cells.Shown).Bundle).Key);
    }

    [Fact]
    public void An_update_may_have_other_forms_than_what_it_replaces()
    {
        cells.Run("var shown = display(new Elsewhere.Molecule(\"H2O\"));\nshown.Update(\"done\");");
        Assert.Equal(["text/html", "application/vnd.molecule+json", "text/plain"], cells.Shown[0].Bundle.Keys);
        Assert.Equal(["text/plain"], cells.Shown[1].Bundle.Keys);
    }

    [Fact]
    public void Text_is_shown_as_what_it_is_said_to_be()
    {
        cells.Run("\"**loud**\".DisplayAs(\"text/markdown\");\n\"{\\\"a\\\": 1}\".DisplayAs(\"application/json\");\ndisplay(\"$x$\", \"text/latex\");");
        Assert.Equal("**loud**", cells.Shown[0].Bundle["text/markdown"].ToString());
        Assert.Equal(1, (int)cells.Shown[1].Bundle["application/json"]["a"]!);
        Assert.Equal("$x$", cells.Shown[2].Bundle["text/latex"].ToString());
        Assert.StartsWith("What is shown as 'application/json' must be JSON, but is not: ", cells.Fails("\"{\".DisplayAs(\"application/json\");").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Markup_is_shown_as_it_is()
    {
        cells.Run("display(HTML(\"<b>loud</b>\"));\nHTML(\"<b>last</b>\")");
        Assert.Equal(["<b>loud</b>", "<b>last</b>"], cells.Shown.Select(call => call.Bundle["text/html"].ToString()));
    }

    [Fact]
    public void Outputs_can_be_cleared()
    {
        cells.Run("clear_output(wait: true);");
        Assert.Equal(["clear: wait"], cells.Said);
    }

    [Fact]
    public void A_value_that_has_been_shown_gives_nothing_to_show_at_the_end_of_a_cell()
    {
        cells.Run("display(\"once\")");
        Assert.Equal(["display: once"], cells.Said);
        cells.Run("object nothing = null;\ndisplay(nothing)");
        Assert.Equal(["display: null"], cells.Said);
    }

    [Fact]
    public void What_a_library_displays_through_the_package_is_shown_in_all_its_forms()
    {
        cells.Run("((object)new Elsewhere.Molecule(\"H2O\")).Display();");
        Assert.Equal(["text/html", "application/vnd.molecule+json", "text/plain"], Assert.Single(cells.Shown).Bundle.Keys);
        cells.Run("((object)new Elsewhere.Molecule(\"H2O\")).Display(\"text/plain\");");
        Assert.Equal(["text/plain"], Assert.Single(cells.Shown).Bundle.Keys);
        // Its handle is not that of what was shown.
        cells.Run("((object)1).Display().Update(2);");
        Assert.Equal(["display: 1", "display: 2"], cells.Said);
    }

    [Fact]
    public void A_type_is_shown_by_the_formatters_that_it_names_by_the_package_or_by_convention()
    {
        foreach (var molecule in (string[])["Molecule", "Isomer", "Crystal"])
        {
            cells.Run($"new Elsewhere.{molecule}(\"H2O\")");
            var bundle = Assert.Single(cells.Shown).Bundle;
            Assert.Equal("<i>H2O</i>", bundle["text/html"].ToString());
            Assert.Equal("H2O", (string)bundle["application/vnd.molecule+json"]["formula"]!);
            Assert.Contains("H2O", bundle["text/plain"].ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_a_cell_registers_holds_in_the_cells_after_it()
    {
        cells.Run("using Microsoft.DotNet.Interactive.Formatting;\nrecord Drop(int Size);\nFormatter.Register<Drop>((drop, writer) => writer.Write($\"<u>{drop.Size}</u>\"), \"text/html\");\nFormatter.Register<Drop>((drop, writer) => writer.Write($\"{{\\\"size\\\": {drop.Size}}}\"), \"application/vnd.drop+json\");");
        cells.Run("new Drop(3)");
        var bundle = Assert.Single(cells.Shown).Bundle;
        Assert.Equal("<u>3</u>", bundle["text/html"].ToString());
        Assert.Equal(3, (int)bundle["application/vnd.drop+json"]["size"]!);
        cells.Run("Formatter.Register<Drop>((drop, writer) => writer.Write(\"a drop\"), \"text/plain\");\nnew Drop(4)");
        Assert.Equal("a drop", Assert.Single(cells.Shown).Bundle["text/plain"].ToString());
    }

    [Fact]
    public void A_value_that_nobody_has_registered_is_the_hosts_to_show_and_a_plain_one_has_one_form()
    {
        foreach (var value in (string[])["1.5", "\"text\"", "new[] { 1, 2 }", "new { a = 1 }", "DayOfWeek.Monday", "TimeSpan.FromSeconds(3)", "new FormatException(\"wrong\")"])
        {
            cells.Run(value);
            Assert.Equal(["text/plain"], Assert.Single(cells.Shown).Bundle.Keys);
        }
        Assert.Equal("2026-01-02 00:00:00Z", cells.Value("new DateTime(2026, 1, 2)"));
    }

    [Fact]
    public void A_form_that_a_value_does_not_have_is_refused_by_name()
    {
        Assert.StartsWith("Double cannot be shown as 'image/png', only as text/plain.", cells.Fails("display(1.5, \"image/png\");").Message, StringComparison.Ordinal);
        cells.Run("display(1.5, \"application/json\");");
        Assert.Equal(1.5, (double)Assert.Single(cells.Shown).Bundle["application/json"]);
    }

    [Fact]
    public void Forms_that_a_cell_has_made_itself_are_shown_as_they_are()
    {
        cells.Run("new Microsoft.DotNet.Interactive.Formatting.FormattedValue(\"text/markdown\", \"# Title\")");
        Assert.Equal("# Title", Assert.Single(cells.Shown).Bundle["text/markdown"].ToString());
    }

    [Fact]
    public void Tasks_and_threads_show_in_the_notebook_that_started_them_and_a_display_stays_with_its_own()
    {
        using var other = new RecordedCells();
        other.Run("1");
        cells.Run("await Task.Run(() => display(\"task\"));\nvar thread = new System.Threading.Thread(() => display(\"thread\"));\nthread.Start();\nthread.Join();\nvar shown = display(1);");
        Assert.Equal(["display: task", "display: thread", "display: 1"], cells.Said);
        cells.Run("SharedDisplay.Shown = shown;".Replace("SharedDisplay", "Elsewhere.SharedDisplay", StringComparison.Ordinal));
        other.Run("1");
        SharedDisplay.Shown!.Update(2);
        Assert.Equal(["update: 2"], cells.Said);
        Assert.Equal(["result: 1"], other.Said);
    }

    [Fact]
    public void A_cell_that_is_stopped_ends_at_its_next_display()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromSeconds(0.3));
        var outcome = cells.Run("Elsewhere.SharedDisplay.ShowForEver();", source.Token);
        Assert.Equal(CellStatus.Interrupted, outcome.Status);
        Assert.DoesNotContain("aborted", outcome.Error!.Message, StringComparison.Ordinal);
    }
}
