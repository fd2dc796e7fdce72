import { describe, expect, test } from '@jest/globals'
import { clouds, dataOrigin } from '../../src/model/target.js'

describe('the data endpoint that a cluster reports', () => {
  const target = {
    cloud: clouds[0]!,
    subscription: '3f1c6f0e-8d35-4c5e-9d0c-2f6f5a1b7c42',
    resourceGroup: 'analytics-prod',
    cluster: 'AdxForecast',
    image: 'forecasting',
    apiVersion: '2024-04-13',
  }

  test.each([
    'https://adxforecast.eastus.kusto.windows.net',
    'https://adxforecast.eastus.kusto.windows.net/',
    'https://ADXFORECAST.EastUS.kusto.windows.net:443/path?query#part',
    'https://dana@adxforecast.eastus.kusto.windows.net',
  ])('%s is its own', uri => {
    expect(dataOrigin(uri, target)).toBe('https://adxforecast.eastus.kusto.windows.net')
  })

  test.each([
    undefined,
    '',
    'adxforecast.eastus.kusto.windows.net',
    'http://adxforecast.eastus.kusto.windows.net',
    'https://adxforecast.eastus.kusto.windows.net:8443',
    'https://adxother.eastus.kusto.windows.net',
    'https://adxforecast2.eastus.kusto.windows.net',
    'https://ingest-adxforecast.eastus.kusto.windows.net',
    'https://other.adxforecast.eastus.kusto.windows.net',
    'https://adxforecast.kusto.windows.net.evil.example',
    'https://adxforecast.evil.example/.kusto.windows.net',
    'https://adxforecast.evil.example#.kusto.windows.net',
    'https://adxforecast.evilkusto.windows.net',
    'https://adxforecast.eastus.kusto.chinacloudapi.cn',
    'https://adxforecast@evil.example',
  ])('%s is not its own', uri => {
    expect(dataOrigin(uri, target)).toBeUndefined()
  })
})
