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
        WarmUp(work, warmUp);
        Serve(work, epochs => $" steps={epochs * steps}");
    }

    /// <summary>The process of an input pipeline.</summary>
    public static void RunInput(ReadOnlySpan<string> commandLine)
    {
        var arguments = new Arguments(commandLine);
        _ = arguments.Text("--engine", Engine.Fit);
        var files = arguments.Text("--files", "");
        var mode = Enum.Parse<InputMode>(arguments.Text("--mode", "load"), ignoreCase: true);
        var size = arguments.Integer("--size", 32);
        var batch = arguments.Integer("--batch", 64);
        var workers = arguments.Integer("--workers", 2);
        var threads = arguments.Integer("--threads", 2);
        var warmUp = arguments.Number("--warm-up", 1);
        arguments.Finish();

        torch.set_num_threads(threads);
        Keras.SetRandomSeed(1);
        InputWork work = mode == InputMode.Train ? new InputTraining(files, size, batch, workers) : new InputLoading(files, size, batch, workers, augment: mode == InputMode.Augment);
        WarmUp(work, warmUp);
        _ = work.TakeWaitedSeconds();
        Serve(work, passes => string.Create(CultureInfo.InvariantCulture, $" steps={passes * work.Steps} images={passes * work.Images} waited={work.TakeWaitedSeconds():F6}"));
    }

    private static void WarmUp(IWork work, double seconds)
    {
        var clock = Stopwatch.StartNew();
        do work.Run();
        while (clock.Elapsed.TotalSeconds < seconds);
    }

    private static void Serve(IWork work, Func<int, string> counts)
    {
        Say($"ready version={torch.__version__} threads={torch.get_num_threads()}");
        while (Console.ReadLine()?.Split(' ') is { } command)
        {
            if (command[0] == "round") Round(work, int.Parse(command[1], CultureInfo.InvariantCulture), counts);
            else if (command[0] == "memory") Say($"memory bytes={PeakBytes()}");
            else break;
        }
    }

    private static void Round(IWork work, int times, Func<int, string> counts)
    {
        var processor = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < times; i++) work.Run();
        var seconds = clock.Elapsed.TotalSeconds;
        processor = Environment.CpuUsage.TotalTime - processor;
        Say($"round seconds={seconds:F9} cpu={processor.TotalSeconds:F6}{counts(times)}");
    }

    private static long PeakBytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static void Say(string line) => Console.WriteLine(line);
}
