using System.Diagnostics;
using System.Globalization;

namespace DeepKeras.Benchmarks.Running;

/// <summary>A measured process, seen from outside. It computes only while somebody waits for its answer.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;

    private WorkerProcess(Process process) => _process = process;

    /// <summary>Starts the process of an engine.</summary>
    /// <param name="engine">Which one.</param>
    /// <param name="work">What it shall do.</param>
    /// <param name="options">Where Python is, how many threads.</param>
    /// <param name="arguments">The details of the work.</param>
    public static WorkerProcess Start(string engine, IMeasured work, Options options, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo { RedirectStandardInput = true, RedirectStandardOutput = true };
        // OpenMP and the matrix library read these when they are loaded; torch.set_num_threads comes later.
        start.Environment["OMP_NUM_THREADS"] = options.Threads.ToString(CultureInfo.InvariantCulture);
        start.Environment["OPENBLAS_NUM_THREADS"] = options.Threads.ToString(CultureInfo.InvariantCulture);
        if (engine == Engine.PyTorch)
        {
            start.FileName = options.Python;
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, work.Script));
        }
        else
        {
            start.FileName = Environment.ProcessPath!;
            if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet") start.ArgumentList.Add(typeof(WorkerProcess).Assembly.Location);
            start.ArgumentList.Add(work.Command);
            start.ArgumentList.Add("--engine");
            start.ArgumentList.Add(engine);
        }
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return new(Process.Start(start)!);
    }

    /// <summary>Sends a command.</summary>
    public void Send(string command)
    {
        _process.StandardInput.WriteLine(command);
        _process.StandardInput.Flush();
    }

    /// <summary>Waits for an event and gives its values.</summary>
    /// <exception cref="InvalidOperationException">The process ended, or said something else.</exception>
    public Dictionary<string, string> Await(string wanted)
    {
        var line = _process.StandardOutput.ReadLine();
        if (line is null)
        {
            _process.WaitForExit();
            throw new InvalidOperationException($"The process ended with status {_process.ExitCode} before it said '{wanted}'; what it wrote stands above.");
        }
        var words = line.Split(' ');
        if (words[0] != wanted) throw new InvalidOperationException($"Waited for '{wanted}' but the process said: {line}");
        return words.Skip(1).Select(w => w.Split('=', 2)).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
    }

    /// <summary>Sends a command and waits for its answer.</summary>
    public Dictionary<string, string> Ask(string command)
    {
        Send(command);
        return Await(command.Split(' ')[0]);
    }

    public void Dispose()
    {
        try
        {
            if (!_process.HasExited) Send("quit");
            if (!_process.WaitForExit(2000)) _process.Kill();
        }
        catch (IOException)
        {
            // The pipe breaks when the process ends just now, which is what was wanted.
        }
        _process.Dispose();
    }
}
