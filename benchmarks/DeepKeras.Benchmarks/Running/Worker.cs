using System.Diagnostics;
using System.Globalization;
using DeepKeras.Benchmarks.Networks;
using DeepKeras.Benchmarks.Work;

namespace DeepKeras.Benchmarks.Running;

/// <summary>The measured process: it sets its work up, warms up, then runs rounds as it is told on standard input.</summary>
internal static class Worker
{
    public static void Run(ReadOnlySpan<string> commandLine)
    {
        var arguments = new Arguments(commandLine, "--first-step");
        var engine = arguments.Text("--engine", Engine.Fit);
        var network = Network.Named(arguments.Text("--network", "lenet"));
        var mode = Enum.Parse<Mode>(arguments.Text("--mode", "train"), ignoreCase: true);
        var batch = arguments.Integer("--batch", 1);
        var steps = arguments.Integer("--steps", 1);
        var threads = arguments.Integer("--threads", 2);
        var warmUp = arguments.Number("--warm-up", 1);
        var firstStep = arguments.Has("--first-step");
        arguments.Finish();

        torch.set_num_threads(threads);
        Keras.SetRandomSeed(1);
        if (firstStep)
        {
            WorkFactory.Create(engine, network, mode, batch, 1).Run();
            Say("first");
        }
        var work = WorkFactory.Create(engine, network, mode, batch, steps);
        var clock = Stopwatch.StartNew();
        do work.Run();
        while (clock.Elapsed.TotalSeconds < warmUp);
        Say($"ready version={torch.__version__} threads={torch.get_num_threads()}");

        while (Console.ReadLine()?.Split(' ') is { } command)
        {
            if (command[0] == "round") Round(work, int.Parse(command[1], CultureInfo.InvariantCulture), steps);
            else if (command[0] == "memory") Say($"memory bytes={PeakBytes()}");
            else break;
        }
    }

    private static void Round(IWork work, int epochs, int steps)
    {
        var processor = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < epochs; i++) work.Run();
        var seconds = clock.Elapsed.TotalSeconds;
        processor = Environment.CpuUsage.TotalTime - processor;
        Say($"round seconds={seconds:F9} cpu={processor.TotalSeconds:F6} steps={epochs * steps}");
    }

    private static long PeakBytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static void Say(string line) => Console.WriteLine(line);
}
