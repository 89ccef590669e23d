using System.Text.RegularExpressions;
using DeepKeras.Callbacks;
using DeepKeras.Tests.Callbacks.Fixtures;

namespace DeepKeras.Tests.Callbacks;

/// <summary>The progress line on a terminal, in a file, and its silence.</summary>
public sealed class ProgressReporterTests
{
    [Test]
    public void WithoutATerminalEachEpochIsOnePlainLine()
    {
        using var scope = torch.NewDisposeScope();
        var run = Epoch(new ProgressReporter(), steps: 12, epochs: 3, isTerminal: false);
        Regex.Replace(run.Text, @"\d+(s|ms|us)", "#").Should().Be("Epoch 1/3\n12/12 - # - #/step - accuracy: 0.5000 - loss: 2.0000e-04 - val_loss: 12.3457\n");
    }

    [Test]
    public void OneEpochHasNoHeading()
    {
        using var scope = torch.NewDisposeScope();
        Epoch(new ProgressReporter(2), steps: 3, epochs: 1, isTerminal: true, verbose: 2).Text.Should().StartWith("3/3 - ").And.NotContain("\e");
    }

    [Test]
    public void OnATerminalOneLineIsRewritten()
    {
        using var scope = torch.NewDisposeScope();
        var run = Epoch(new ProgressReporter(), steps: 12, epochs: 3, isTerminal: true);
        var lines = run.Text.Split('\n');
        lines.Should().HaveCount(3);
        lines[0].Should().Be("Epoch 1/3");
        var refreshes = lines[1].Split("\r\e[K", StringSplitOptions.RemoveEmptyEntries);
        refreshes.Length.Should().BeInRange(2, 3, "twelve quick steps are shown once, then the end");
        refreshes[0].Should().StartWith("\e[1m 1/12\e[0m \e[32m━\e[37m━━━━━━━━━━━━━━━━━━━\e[0m \e[1m").And.EndWith(" - accuracy: 0.5000 - loss: 2.0000e-04");
        refreshes[^1].Should().StartWith("\e[1m12/12\e[0m \e[32m━━━━━━━━━━━━━━━━━━━━\e[37m\e[0m \e[1m0s\e[0m").And.EndWith("val_loss: 12.3457");
    }

    [Test]
    public void FiguresAreReadOnlyWhenTheyAreShown()
    {
        using var scope = torch.NewDisposeScope();
        var reads = 0;
        var reporter = new ProgressReporter();
        _ = new FakeRun(reporter, epochs: 1, steps: 1000, isTerminal: true);
        reporter.OnTrainBegin(new Logs());
        reporter.OnEpochBegin(0, new Logs());
        for (var i = 0; i < 1000; i++)
        {
            reporter.OnTrainBatchEnd(i, new Logs(() =>
            {
                reads++;
                return [new("loss", 1)];
            }));
        }
        reads.Should().BeInRange(1, 20);
    }

    [Test]
    public void UnknownLengthIsCountedAndThenKnown()
    {
        using var scope = torch.NewDisposeScope();
        var reporter = new ProgressReporter();
        var run = new FakeRun(reporter, epochs: 2, steps: null, isTerminal: true);
        reporter.OnTrainBegin(new Logs());
        for (var epoch = 0; epoch < 2; epoch++)
        {
            reporter.OnEpochBegin(epoch, new Logs());
            for (var step = 0; step < 5; step++) reporter.OnTrainBatchEnd(step, new Logs { ["loss"] = 1 });
            reporter.OnEpochEnd(epoch, new Logs { ["loss"] = 1 });
        }
        run.Text.Should().Contain("\e[1m      1/Unknown\e[0m \e[1m").And.Contain("\e[1m1/5\e[0m").And.Contain("\e[1m5/5\e[0m");
    }

    [Test]
    public void ValidationInsideFitIsSilentAndEvaluateIsNot()
    {
        using var scope = torch.NewDisposeScope();
        var reporter = new ProgressReporter();
        var run = new FakeRun(reporter, epochs: 1, steps: 2);
        reporter.OnTestBegin(new Logs());
        reporter.OnTestBatchEnd(0, new Logs());
        reporter.OnTestBatchEnd(1, new Logs());
        reporter.OnTestEnd(new Logs { ["loss"] = 0.25 });
        run.Text.Should().StartWith("2/2 - ").And.EndWith(" - loss: 0.2500\n");
        reporter.OnTrainBegin(new Logs());
        reporter.OnTestBegin(new Logs());
        reporter.OnTestBatchEnd(0, new Logs());
        reporter.OnTestEnd(new Logs { ["loss"] = 0.25 });
        run.Text.Split('\n').Should().HaveCount(2);
    }

    [Test]
    public void SilentAtZero()
    {
        using var scope = torch.NewDisposeScope();
        Epoch(new ProgressReporter(0), steps: 3, epochs: 3, isTerminal: true, verbose: 0).Text.Should().BeEmpty();
    }

    [Test]
    public void MessagesOfOtherCallbacksStandAboveTheLine()
    {
        var text = new StringWriter();
        var output = new ProgressOutput(text, isTerminal: true);
        output.Rewrite("1/2");
        output.WriteLine("saved");
        output.Rewrite("2/2");
        output.EndLine();
        output.EndLine();
        text.ToString().Replace(Environment.NewLine, "\n", StringComparison.Ordinal).Should().Be("\r\e[K1/2\r\e[Ksaved\n1/2\r\e[K2/2\n");
    }

    [Test]
    public void ALineLongerThanTheTerminalIsErasedWhole()
    {
        var text = new StringWriter();
        var output = new ProgressOutput(text, isTerminal: true, () => 10);
        output.Rewrite("\e[1m" + new string('a', 25) + "\e[0m");
        output.Rewrite(new string('b', 10));
        output.Rewrite("c");
        text.ToString().Should().EndWith("\r\e[2A\e[Jbbbbbbbbbb\r\e[Kc", "25 columns are three rows, 10 are one");
    }

    private static FakeRun Epoch(ProgressReporter reporter, int steps, int epochs, bool isTerminal, int verbose = 1)
    {
        var run = new FakeRun(reporter, epochs, steps, isTerminal: isTerminal, verbose: verbose);
        var logs = new Logs { ["loss"] = 2e-4, ["accuracy"] = 0.5 };
        reporter.OnTrainBegin(new Logs());
        reporter.OnEpochBegin(0, new Logs());
        for (var step = 0; step < steps; step++) reporter.OnTrainBatchEnd(step, logs);
        logs["val_loss"] = 12.34567;
        reporter.OnEpochEnd(0, logs);
        reporter.OnTrainEnd(logs);
        return run;
    }
}
