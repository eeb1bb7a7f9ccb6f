using Affect.Notebook;
using static Affect.Notebook.Cells.CellDisplay;

namespace Affect.Tests.Cells;

public sealed class DisplayTests
{
    private readonly RecordingTarget target = new();

    [Fact]
    public void A_display_is_shown_and_updated_under_one_name()
    {
        using var use = DisplayTarget.Use(target);
        var shown = display(1.5);
        shown.Update("done");
        Assert.Equal(["show", "update"], target.Calls.Select(call => call.Kind));
        Assert.All(target.Calls, call => Assert.Equal(shown.DisplayId, call.DisplayId));
        Assert.Equal(["1.5", "done"], target.Texts);
    }

    [Fact]
    public void Two_displays_have_names_of_their_own()
    {
        using var use = DisplayTarget.Use(target);
        Assert.NotEqual(1.Display().DisplayId, 1.Display().DisplayId);
    }

    [Fact]
    public void Only_the_forms_asked_for_are_shown_and_an_update_keeps_them()
    {
        using var use = DisplayTarget.Use(target);
        var shown = Samples.All["class-balance"].Display("text/plain");
        shown.Update(Samples.All["confusion"]);
        Assert.All(target.Calls, call => Assert.Equal("text/plain", Assert.Single(call.Bundle).Key));
    }

    [Fact]
    public void Text_is_shown_as_what_it_is_said_to_be()
    {
        using var use = DisplayTarget.Use(target);
        "**loud**".DisplayAs("text/markdown");
        "{\"a\": 1}".DisplayAs("application/json");
        Assert.Equal("**loud**", target.Calls[0].Bundle["text/markdown"].ToString());
        Assert.Equal(1, (int)target.Calls[1].Bundle["application/json"]["a"]!);
    }

    [Fact]
    public void Markup_is_shown_as_it_is()
    {
        using var use = DisplayTarget.Use(target);
        display(HTML("<b>loud</b>"));
        Assert.Equal("<b>loud</b>", target.Calls[0].Bundle["text/html"].ToString());
    }

    [Fact]
    public void A_table_has_a_row_per_element_even_of_plain_values()
    {
        using var use = DisplayTarget.Use(target);
        new[] { "<a>", "b" }.DisplayTable();
        Assert.Contains("<td style=\"text-align:left\">&lt;a&gt;</td>", target.Calls[0].Bundle["text/html"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_can_be_cleared()
    {
        using var use = DisplayTarget.Use(target);
        clear_output(wait: true);
        Assert.Equal("clear later", target.Calls[0].Kind);
    }

    [Fact]
    public void A_value_that_has_been_shown_gives_nothing_to_show_at_the_end_of_a_cell()
    {
        using var use = DisplayTarget.Use(target);
        Assert.Empty(Formatter.Format(display("once")));
    }

    [Fact]
    public async Task Tasks_and_threads_show_in_the_notebook_that_started_them()
    {
        using var use = DisplayTarget.Use(target);
        await Task.Run(() => display("task"));
        var thread = new Thread(() => display("thread"));
        thread.Start();
        thread.Join();
        Assert.Equal(["task", "thread"], target.Texts);
    }

    [Fact]
    public void A_thread_without_context_shows_in_the_notebook_that_was_opened_last()
    {
        var other = new RecordingTarget();
        using var outer = DisplayTarget.Use(other);
        using var use = DisplayTarget.Use(target);
        var thread = new Thread(() => display("loose"));
        thread.UnsafeStart();
        thread.Join();
        // Another test may have opened a notebook in the meantime: what must not be is that it went to the one that is not the last of ours.
        Assert.Empty(other.Calls);
    }

    [Fact]
    public void A_display_stays_with_its_notebook_when_another_is_opened()
    {
        var other = new RecordingTarget();
        using var use = DisplayTarget.Use(target);
        var shown = display(1);
        using (DisplayTarget.Use(other)) shown.Update(2);
        Assert.Equal(["1", "2"], target.Texts);
        Assert.Empty(other.Calls);
    }

    [Fact]
    public void Where_there_is_no_notebook_the_text_goes_to_the_console()
    {
        using var console = new StringWriter();
        using var use = DisplayTarget.Use(new ConsoleTarget(console));
        display(Samples.All["class-balance"]).Update("new");
        display("only", "text/markdown");
        Assert.Equal([Samples.All["class-balance"].Summary, "new", "only", ""], console.ToString().Split(Environment.NewLine));
    }

    [Fact]
    public void A_closed_notebook_is_left_to_the_one_before()
    {
        using var use = DisplayTarget.Use(target);
        var inner = DisplayTarget.Use(new RecordingTarget());
        inner.Dispose();
        inner.Dispose();
        Assert.Same(target, DisplayTarget.Current);
    }
}
